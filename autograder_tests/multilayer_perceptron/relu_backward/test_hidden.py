from grader.checks import (
    assert_backward,
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_slope_at_zero(student, reference, draw):
    """Where the input is exactly 0, the slope lies between 0 and 1.

    zh: 输入恰好为0处，斜率介于0与1之间。
    """
    x, dout = draw.away_from_zero(4, 5), draw.away_from_zero(4, 5)
    for index in [(0, 1), (1, 3), (2, 0), (3, 4)]:
        x[index] = 0.0
    assert_backward(
        student, reference, "relu_backward", [dout, x],
        forward="relu", at=[x], cotangent=dout, names=["dx"],
    )  # fmt: skip


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The gradient has the dtype of the arguments.

    zh: 梯度的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        x, dout = draw.away_from_zero(5, 7, dtype=dtype), draw.normal(5, 7, dtype=dtype)
        expected = reference.relu_backward(dout, x)
        found = student.relu_backward(dout, x)
        assert_dtype_kept(found, dtype)
        assert_close(found, expected)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """Neither argument is changed, and no call affects another.

    zh: 两个参数都保持不变；各次调用互不影响。
    """
    x, dout = draw.away_from_zero(6, 7), draw.normal(6, 7)
    before = x.copy(), dout.copy()
    expected = reference.relu_backward(dout, x)
    assert_close(student.relu_backward(dout, x), expected)
    assert_unchanged(x, before[0], "x")
    assert_unchanged(dout, before[1], "dout")
    first = [draw.normal(6, 7), draw.away_from_zero(6, 7)]
    assert_no_memory(student, "relu_backward", first, [before[1], before[0]])
