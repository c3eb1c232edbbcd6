from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
@says("dtype", "values")
def test_every_dtype(student, reference, draw):
    """Integers, and tiny and huge numbers, are added as well; the result has the dtype of both.

    zh: 整数以及很小和很大的数同样相加；结果的数据类型与二者相同。
    """
    for m, n in [(3, 4), (1, 5), (5, 1), (2, 2)]:
        a, b = draw.integers(-50, 50, m), draw.integers(-50, 50, n)
        expected = reference.pairwise_sum(a, b)
        result = student.pairwise_sum(a, b)
        assert_close(result, expected)
        assert_dtype_kept(result, "int64")
    # numbers that floats would round
    for large in (2**24, 2**53):
        a, b = 2 * draw.integers(-50, 50, 3) + 1, large * draw.integers(1, 5, 4)
        expected = a[:, None] + b
        assert_close(student.pairwise_sum(a, b), expected)
    a, b = (draw.integers(-50, 50, k).astype("int32") for k in (4, 3))
    expected = a[:, None] + b
    result = student.pairwise_sum(a, b)
    assert_close(result, expected)
    assert_dtype_kept(result, "int32")
    for dtype in ("float32", "float64"):
        for size in draw.magnitudes():
            a, b = (draw.normal(k, scale=size, dtype=dtype) for k in (3, 4))
            expected = reference.pairwise_sum(a, b)
            result = student.pairwise_sum(a, b)
            assert_close(result, expected)
            assert_dtype_kept(result, dtype)


@points(1)
@says("state", "unchanged")
def test_inputs_unchanged(student, reference, draw):
    """Both arguments are unchanged on return, and no call affects another.

    zh: 函数返回后，两个参数保持不变；各次调用互不影响。
    """
    a, b = draw.away_from_zero(3), draw.away_from_zero(4)
    before = [a.copy(), b.copy()]
    expected = reference.pairwise_sum(*before)
    assert_close(student.pairwise_sum(a, b), expected)
    assert_unchanged(a, before[0], "a")
    assert_unchanged(b, before[1], "b")
    assert_no_memory(student, "pairwise_sum", [draw.normal(3), draw.normal(4)], before)
