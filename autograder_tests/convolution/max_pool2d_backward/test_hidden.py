from grader.checks import (
    assert_backward,
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


def pooled(draw, shape, size, stride, dtype=None):
    """Return dout, X, size and stride for images of a shape, without ties."""
    n, c, h, w = shape
    X = draw.distinct(n, c, h, w, gap=0.01, dtype=dtype)
    rows, cols = (h - size) // stride + 1, (w - size) // stride + 1
    return [draw.normal(n, c, rows, cols, dtype=dtype), X, size, stride]


@points(1)
def test_gaps_and_edges(student, reference, draw):
    """Where no window was, the gradient is 0, and the result has the shape of the images.

    zh: 没有窗口的位置梯度为0，结果的形状与图像相同。
    """
    for shape, size, stride in [
        ((2, 2, 5, 7), 2, 2),
        ((1, 3, 8, 6), 2, 3),
        ((2, 1, 7, 8), 3, 3),
        ((2, 2, 5, 4), 4, 4),
        ((1, 1, 3, 3), 3, 1),
        ((2, 2, 7, 10), 1, 3),
        ((30, 1, 3, 4), 2, 1),
        ((1, 30, 4, 3), 2, 1),
        ((1, 1, 40, 41), 7, 5),
        ((2, 3, 1, 9), 1, 2),
        ((3, 2, 8, 1), 1, 3),
    ]:
        args = pooled(draw, shape, size, stride)
        expected = reference.max_pool2d_backward(*args)
        assert_close(student.max_pool2d_backward(*args), expected, terms=4)


@points(1)
def test_entries_of_any_size(student, reference, draw):
    """Images may be negative all over, and entries may be close to each other.

    zh: 图像的元素可以全为负数，各元素可以很接近。
    """
    for shift, scale in [(-9, 1.0), (9, 1.0), (-1e6, 100.0), (0, 1e-9)]:
        dout, X, *rest = pooled(draw, (2, 2, 5, 6), 3, 2, "float64")
        args = [dout, scale * X + shift, *rest]
        expected = reference.max_pool2d_backward(*args)
        assert_close(student.max_pool2d_backward(*args), expected, terms=4)
    dout, X, *rest = pooled(draw, (1, 2, 5, 4), 3, 1)
    assert_backward(
        student, reference, "max_pool2d_backward", [abs(dout) + 1, 10 * X, *rest],
        forward="max_pool2d", at=[10 * X, *rest], cotangent=abs(dout) + 1,
        names=["dX"], terms=9,
    )  # fmt: skip


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The gradient has the dtype of the arguments.

    zh: 梯度的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        args = pooled(draw, (2, 2, 4, 5), 2, 2, dtype)
        expected = reference.max_pool2d_backward(*args)
        result = student.max_pool2d_backward(*args)
        assert_close(result, expected)
        assert_dtype_kept(result, dtype)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """The gradient passed in and the images are unchanged, and no call affects another.

    zh: 传入的梯度和图像保持不变；各次调用互不影响。
    """
    args = pooled(draw, (2, 2, 5, 4), 3, 1)
    before = [args[0].copy(), args[1].copy(), 3, 1]
    expected = reference.max_pool2d_backward(*before)
    assert_close(student.max_pool2d_backward(*args), expected, terms=9)
    for array, old, name in zip(args[:2], before, ("dout", "X"), strict=False):
        assert_unchanged(array, old, name)
    assert_no_memory(student, "max_pool2d_backward", pooled(draw, (2, 2, 5, 4), 3, 1), before)
