from grader.checks import assert_close, assert_no_memory, assert_unchanged, points, says


@points(1)
def test_every_p(student, reference, draw):
    """Every p from 1 to 10 counts, whole or not.

    zh: 1到10之间的每个p都要照算，无论是否为整数。
    """
    for p in (1, 1.0, 1.06, 1.5, 1.93, 2.0, 2.001, 3.0, 4, 5, 5.5, 7.31, 8, 9.9, 10):
        for dtype in (None, "float64"):
            x = draw.away_from_zero(7, dtype=dtype)
            expected = reference.lp_norm(x, p)
            assert_close(student.lp_norm(x, p), expected, terms=7, condition=4)


@points(1)
def test_every_size(student, reference, draw):
    """Tiny and huge entries count as the formula says, and so do zeros; float64 keeps its digits.

    zh: 很小、很大和为零的元素都按公式计算；float64的精度得以保留。
    """
    for p in (1, 2, 3.3):
        for size in draw.magnitudes():
            x = draw.normal(4, 3, scale=size, dtype="float64")
            x[1] = 0
            expected = reference.lp_norm(x, p)
            assert_close(student.lp_norm(x, p), expected, terms=x.size, condition=4)
        x = draw.cast([1e-6, -3e-6, 0.5, 20], "float64")
        for part in (x[:2], x, 0 * x):
            expected = reference.lp_norm(part, p)
            assert_close(student.lp_norm(part, p), expected, terms=4, condition=4)


@points(1)
@says("state", "unchanged")
def test_input_unchanged(student, reference, draw):
    """The argument is unchanged on return, and no call affects another.

    zh: 函数返回后，参数保持不变；各次调用互不影响。
    """
    x = draw.away_from_zero(4, 5)
    before = x.copy()
    for p in (1, 3):
        expected = reference.lp_norm(before, p)
        assert_close(student.lp_norm(x, p), expected, terms=x.size, condition=4)
        assert_unchanged(x, before, "x")
    assert_no_memory(student, "lp_norm", [draw.normal(4, 5), 3], [before, 3])
