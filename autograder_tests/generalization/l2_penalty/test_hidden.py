from grader.checks import assert_close, assert_no_memory, assert_unchanged, points, says


@points(1)
def test_every_size(student, reference, draw):
    """Tiny and huge weights count as the formula says, and so do zeros; float64 keeps its digits.

    zh: 很小、很大和为零的权重都按公式计算；float64的精度得以保留。
    """
    for size in draw.magnitudes():
        for dtype in (None, "float64"):
            w = draw.normal(4, 3, scale=size, dtype=dtype)
            w[1] = 0
            expected = reference.l2_penalty(w)
            assert_close(student.l2_penalty(w), expected, terms=w.size, condition=2)
    for w in (draw.cast([0.0, 0.0]), draw.cast([[2.0, 0.0], [0.0, 0.0]])):
        expected = reference.l2_penalty(w)
        assert_close(student.l2_penalty(w), expected, condition=2)
    w = draw.cast([1e-6, -3e-6, 0.5, 20], "float64")
    expected = reference.l2_penalty(w[:2])
    assert_close(student.l2_penalty(w[:2]), expected, condition=2)
    expected = reference.l2_penalty(w)
    assert_close(student.l2_penalty(w), expected, condition=2)


@points(1)
@says("state", "unchanged")
def test_input_unchanged(student, reference, draw):
    """The weights are unchanged on return, and no call affects another.

    zh: 函数返回后，权重保持不变；各次调用互不影响。
    """
    w = draw.away_from_zero(4, 5)
    before = w.copy()
    expected = reference.l2_penalty(before)
    assert_close(student.l2_penalty(w), expected, terms=w.size, condition=2)
    assert_unchanged(w, before, "w")
    assert_no_memory(student, "l2_penalty", [draw.normal(4, 5)], [before])
