import numpy as np

from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_large_entries(student, reference, draw):
    """Where entries are near 1000 or near -1000, the curve is flat and no gradient gets through.

    zh: 元素接近1000或-1000时，曲线是平的，梯度无法通过。
    """
    sizes = [1000, 400, 95, 30, 17, 3, 0.5]
    both = [[sign * size for size in sizes] for sign in (1, -1)]
    for values in (both, both[:1], both[1:], [[1000, 1]], [[-1000], [-1]]):
        for dtype in (None, "float64"):
            x = draw.cast(values, dtype)
            dout = draw.away_from_zero(*x.shape, dtype=dtype)
            expected = reference.tanh_backward(dout, x)
            assert_close(
                student.tanh_backward(dout, x), expected, scale=np.abs(dout).max(), what="dx"
            )


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """The gradient has the dtype of the arguments.

    zh: 梯度的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        x, dout = draw.normal(5, 7, dtype=dtype), draw.normal(5, 7, dtype=dtype)
        expected = reference.tanh_backward(dout, x)
        found = student.tanh_backward(dout, x)
        assert_close(found, expected, scale=np.abs(dout).max(), what="dx")
        assert_dtype_kept(found, dtype, "dx")


@points("0.5")
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """Neither argument is changed, and no call affects another.

    zh: 两个参数都保持不变；各次调用互不影响。
    """
    x, dout = draw.normal(6, 7), draw.normal(6, 7)
    before = dout.copy(), x.copy()
    expected = reference.tanh_backward(*before)
    assert_close(student.tanh_backward(dout, x), expected, scale=np.abs(dout).max(), what="dx")
    assert_unchanged(dout, before[0], "dout")
    assert_unchanged(x, before[1], "x")
    first = [draw.normal(6, 7), draw.normal(6, 7)]
    assert_no_memory(student, "tanh_backward", first, list(before))
