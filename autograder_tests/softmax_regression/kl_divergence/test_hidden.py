from grader.checks import assert_close, assert_no_memory, assert_unchanged, points, says

#: how far a guard against log(0) may move the result, in the words of the statement
GUARD = 1e-6
#: and by what share where entries of q are smaller
SHARE = 0.01


@points(1)
def test_equal_many_and_almost_impossible(student, reference, draw):
    """Equal distributions, many outcomes, and outcomes that q almost excludes are right, too.

    zh: 两个分布相同、结果很多，或q几乎排除了某些结果时，也与公式一致。
    """
    many, even = draw.uniform(0.5, 1.5, 60, dtype="float64"), draw.cast([1 / 60] * 60, "float64")
    many /= many.sum()
    one, same = draw.cast([1.0]), draw.cast([0.2, 0.5, 0.3])
    for p, q in [(many, even), (even, many), (same, same.copy()), (one, one.copy())]:
        expected = reference.kl_divergence(p, q)
        assert_close(student.kl_divergence(p, q), expected, scale=1.0, tolerance=GUARD)
    for least in (1e-3, 1e-5, 1e-8):
        p, q = draw.cast([0.4, 0.6]), draw.cast([1 - least, least])
        expected = reference.kl_divergence(p, q)
        assert_close(student.kl_divergence(p, q), expected, tolerance=SHARE)
    p = draw.cast([9e-7] * 1000 + [1 - 9e-4], "float64")
    q = draw.cast([1e-8] * 1000 + [1 - 1e-5], "float64")
    expected = reference.kl_divergence(p, q)
    assert_close(student.kl_divergence(p, q), expected, tolerance=SHARE)
    # almost impossible in p: little is added, and not nothing
    p, q = draw.cast([0.992, 0.008], "float64"), draw.cast([0.5, 0.5], "float64")
    expected = reference.kl_divergence(p, q)
    assert_close(student.kl_divergence(p, q), expected, scale=1.0, tolerance=GUARD)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """Both distributions are unchanged on return, and no call affects another.

    zh: 函数返回后，两个分布保持不变；各次调用互不影响。
    """
    p, q = draw.cast([0.0, 0.7, 0.3]), draw.cast([0.1, 0.4, 0.5])
    given = [p.copy(), q.copy()]
    expected = reference.kl_divergence(*given)
    assert_close(student.kl_divergence(p, q), expected, scale=1.0, tolerance=GUARD)
    assert_unchanged(p, given[0], "p")
    assert_unchanged(q, given[1], "q")
    first = [draw.cast([0.3, 0.3, 0.4]), draw.cast([0.6, 0.2, 0.2])]
    assert_no_memory(student, "kl_divergence", first, given)
