import numpy as np

from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """The gradient agrees with the slope of tanh, whatever its sign and size.

    zh: 梯度与tanh的斜率一致，无论上游梯度的正负和大小。
    """
    for size, slope, dtype in [
        (0.3, 1, None), (1, 1, "float64"), (3, 1, "float64"), (2, 1e-7, "float64"), (2, 1e9, None),
    ]:  # fmt: skip
        x, dout = draw.normal(4, 6, scale=size, dtype=dtype), draw.normal(4, 6, dtype=dtype)
        dout = dout * draw.cast(slope, dtype)
        expected = reference.tanh_backward(dout, x)
        assert_close(student.tanh_backward(dout, x), expected, scale=np.abs(dout).max(), what="dx")
    x, dout = draw.coincident(4), draw.normal(6, 4)
    expected = reference.tanh_backward(dout, x)
    assert_close(student.tanh_backward(dout, x), expected, scale=np.abs(dout).max(), what="dx")
    # arguments that are easily taken for earlier ones
    for dout, x in draw.relatives(draw.normal(4, 6), draw.normal(4, 6)):
        expected = reference.tanh_backward(dout, x)
        assert_close(student.tanh_backward(dout, x), expected, scale=np.abs(dout).max(), what="dx")


@points(1)
def test_any_shape(student, reference, draw):
    """The input may have any number of dimensions.

    zh: 输入可以有任意多个维度。
    """
    for shape in draw.shapes():
        x, dout = draw.normal(*shape), draw.away_from_zero(*shape)
        dout.flat[1:2] = 0  # a gradient that is zero is one, too
        expected = reference.tanh_backward(dout, x)
        assert_close(student.tanh_backward(dout, x), expected, scale=np.abs(dout).max(), what="dx")
