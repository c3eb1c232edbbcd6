from grader.checks import assert_close, assert_no_memory, assert_unchanged, points, says


@points("0.5")
def test_every_size(student, reference, draw):
    """Tiny and huge values count as the formulas say, and so do values far from zero.

    zh: 很小、很大和远离零的值都按公式计算。
    """
    for size in draw.magnitudes():
        for shift in (0, 40):
            values = size * (draw.normal(6, dtype="float64") + shift)
            probs = draw.probabilities(6, dtype="float64")
            wanted = reference.mean_and_variance(values, probs)
            found = student.mean_and_variance(values, probs)
            scale = float(abs(values).max())
            assert_close(found[0], wanted[0], terms=6, scale=scale, what="mean")
            assert_close(found[1], wanted[1], terms=6, scale=scale**2, what="variance")
    # values so rare that only their size tells
    for rare in (1e-5, 1e-7):
        values = draw.cast([1 / rare, 2.0, 5.0], "float64")
        probs = draw.cast([rare, 0.5, 0.5 - rare], "float64")
        wanted = reference.mean_and_variance(values, probs)
        found = student.mean_and_variance(values, probs)
        assert_close(found[0], wanted[0], scale=1 / rare, what="mean")
        assert_close(found[1], wanted[1], scale=1 / rare**2, what="variance")


@points("0.5")
@says("state", "unchanged")
def test_inputs_unchanged(student, reference, draw):
    """Both arguments are unchanged on return, and no call affects another.

    zh: 函数返回后，两个参数保持不变；各次调用互不影响。
    """
    arguments = [draw.normal(5), draw.probabilities(5)]
    before = [array.copy() for array in arguments]
    wanted = reference.mean_and_variance(*before)
    found = student.mean_and_variance(*arguments)
    scale = float(abs(before[0]).max())
    assert_close(found[0], wanted[0], terms=5, scale=scale, what="mean")
    assert_close(found[1], wanted[1], terms=5, scale=scale**2, what="variance")
    for array, old, name in zip(arguments, before, ("values", "probs"), strict=True):
        assert_unchanged(array, old, name)
    first = [draw.normal(5), draw.probabilities(5)]
    assert_no_memory(student, "mean_and_variance", first, before)
