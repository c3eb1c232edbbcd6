from grader.checks import assert_close, assert_no_memory, assert_unchanged, points, says

#: how far a guard against log(0) may move the result, in the words of the statement
GUARD = 1e-6


@points(1)
def test_many_outcomes_and_rare_ones(student, reference, draw):
    """Many outcomes, rare ones and a certain one all count as the formula says.

    zh: 结果很多、概率极小，或者只有一种结果时，也与公式一致。
    """
    many = draw.uniform(0.5, 1.5, 400, dtype="float64")
    many /= many.sum()
    rare = [0.9, 0.0989, 1e-3, 1e-4]
    for p in (many, draw.cast([1.0]), draw.cast(rare, "float64"), draw.cast([1 / 64] * 64)):
        expected = reference.entropy(p)
        assert_close(student.entropy(p), expected, scale=1.0, tolerance=GUARD)
    p = draw.cast([9e-7] * 1000 + [1 - 9e-4], "float64")
    expected = reference.entropy(p)
    assert_close(student.entropy(p), expected, scale=1.0, tolerance=GUARD)


@points(1)
@says("state", "unchanged")
def test_input_unchanged(student, reference, draw):
    """The distribution is unchanged on return, and no call affects another.

    zh: 函数返回后，该分布保持不变；各次调用互不影响。
    """
    p = draw.cast([0.5, 0.0, 0.3, 0.2])
    before = p.copy()
    expected = reference.entropy(before)
    assert_close(student.entropy(p), expected, scale=1.0, tolerance=GUARD)
    assert_unchanged(p, before, "p")
    assert_no_memory(student, "entropy", [draw.cast([0.1, 0.2, 0.3, 0.4])], [before])
