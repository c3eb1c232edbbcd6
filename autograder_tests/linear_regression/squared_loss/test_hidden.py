from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
@says("shape", "values")
def test_any_shape(student, reference, draw):
    """The result has the shape of the predictions, whatever that is.

    zh: 无论预测值是什么形状，结果的形状都与它相同。
    """
    for shape in draw.shapes():
        y_hat, y = draw.normal(*shape), draw.normal(*shape, scale=2)
        expected = reference.squared_loss(y_hat, y)
        assert_close(student.squared_loss(y_hat, y), expected, condition=4)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """Predictions and labels are unchanged on return, and no call affects another.

    zh: 函数返回后，预测值和标签都保持不变；各次调用互不影响。
    """
    args = [draw.normal(7, 1), draw.normal(7, 1, scale=3)]
    expected = reference.squared_loss(*args)
    before = [arg.copy() for arg in args]
    assert_close(student.squared_loss(*args), expected, condition=2)
    for arg, old, name in zip(args, before, ("y_hat", "y"), strict=True):
        assert_unchanged(arg, old, name)
    first = [draw.normal(7, 1), draw.normal(7, 1, scale=3)]
    assert_no_memory(student, "squared_loss", first, before)


@points(1)
@says("dtype")
def test_dtype_kept(student, reference, draw):
    """The result has the dtype of the inputs.

    zh: 结果的数据类型与输入相同。
    """
    for dtype in ("float32", "float64"):
        y_hat, y = draw.normal(8, 1, dtype=dtype), draw.normal(8, 1, scale=3, dtype=dtype)
        expected = reference.squared_loss(y_hat, y)
        result = student.squared_loss(y_hat, y)
        assert_dtype_kept(result, dtype)
        assert_close(result, expected, condition=2)
