from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of the arguments.

    zh: 结果的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        x, W = draw.normal(4, 6, dtype=dtype), draw.normal(6, 3, dtype=dtype)
        b = draw.normal(3, dtype=dtype)
        expected = reference.linear_forward(x, W, b)
        found = student.linear_forward(x, W, b)
        assert_dtype_kept(found, dtype)
        assert_close(found, expected, terms=7)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """None of the arguments is changed, and no call affects another.

    zh: 所有参数都保持不变；各次调用互不影响。
    """
    x, W, b = draw.normal(4, 4), draw.normal(4, 4), draw.normal(4)
    before = x.copy(), W.copy(), b.copy()
    expected = reference.linear_forward(x, W, b)
    assert_close(student.linear_forward(x, W, b), expected, terms=5)
    for array, old, name in zip((x, W, b), before, ("x", "W", "b"), strict=True):
        assert_unchanged(array, old, name)
    first = [draw.normal(4, 4), draw.normal(4, 4), draw.normal(4)]
    assert_no_memory(student, "linear_forward", first, before)
