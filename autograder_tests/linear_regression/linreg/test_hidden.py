from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """Features, weights and bias are unchanged on return, and no call affects another.

    zh: 函数返回后，特征、权重和偏置都保持不变；各次调用互不影响。
    """
    args = [draw.normal(4, 2), draw.normal(2, 1), draw.uniform(1, 2, 1)]
    expected = reference.linreg(*args)
    before = [arg.copy() for arg in args]
    assert_close(student.linreg(*args), expected, terms=3)
    for arg, old, name in zip(args, before, ("X", "w", "b"), strict=True):
        assert_unchanged(arg, old, name)
    first = [draw.normal(4, 2), draw.normal(2, 1), draw.uniform(1, 2, 1)]
    assert_no_memory(student, "linreg", first, before)


@points(1)
@says("dtype")
def test_dtype_kept(student, reference, draw):
    """The result has the dtype of the inputs.

    zh: 结果的数据类型与输入相同。
    """
    for dtype in ("float32", "float64"):
        X, w = draw.normal(6, 4, dtype=dtype), draw.normal(4, 1, dtype=dtype)
        b = draw.uniform(1, 2, 1, dtype=dtype)
        expected = reference.linreg(X, w, b)
        result = student.linreg(X, w, b)
        assert_dtype_kept(result, dtype)
        assert_close(result, expected, terms=5)
