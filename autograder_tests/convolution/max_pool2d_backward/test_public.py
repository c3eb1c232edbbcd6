import numpy as np

from grader.checks import assert_close, points


def pooled(draw, shape, size, stride, dtype=None):
    """Return dout, X, size and stride for images of a shape, without ties."""
    n, c, h, w = shape
    X = draw.distinct(n, c, h, w, gap=0.01, dtype=dtype)
    rows, cols = (h - size) // stride + 1, (w - size) // stride + 1
    return [draw.normal(n, c, rows, cols, dtype=dtype), X, size, stride]


def repeated(draw, shape, size, stride):
    """Return the same, where each window has the same entries, in another order or place."""
    dout, X, *rest = pooled(draw, shape, size, stride)
    tile = draw.distinct(size, size, gap=0.5)
    over = [-(-length // size) for length in shape[2:]]
    return [dout, X * 0 + np.tile(tile, over)[: shape[2], : shape[3]], *rest]


@points(2)
def test_windows_side_by_side(student, reference, draw):
    """The gradient of each window goes to the place of its largest entry, all others get none.

    zh: 每个窗口的梯度归于其最大元素所在的位置，其他元素没有。
    """
    for shape, size in [((2, 3, 6, 4), 2), ((1, 2, 6, 9), 3), ((3, 3, 4, 4), 2), ((2, 1, 3, 5), 1)]:
        for args in (pooled(draw, shape, size, size), repeated(draw, shape, size, size)):
            expected = reference.max_pool2d_backward(*args)
            assert_close(student.max_pool2d_backward(*args), expected)
    for factor in draw.magnitudes():
        dout, X, *rest = pooled(draw, (2, 2, 4, 4), 2, 2, "float64")
        args = [factor * dout, X, *rest]
        expected = reference.max_pool2d_backward(*args)
        assert_close(student.max_pool2d_backward(*args), expected)
    _dout, X, *rest = pooled(draw, (6, 2, 4, 4), 2, 2)
    for args in draw.relatives(draw.coincident(2, 2, 2), X, *rest):
        expected = reference.max_pool2d_backward(*args)
        assert_close(student.max_pool2d_backward(*args), expected)


@points(2)
def test_overlaps(student, reference, draw):
    """An entry that is the largest of several windows gets the sum of their gradients.

    zh: 是多个窗口的最大元素时，得到这些窗口的梯度之和。
    """
    for shape, size, stride in [((2, 2, 5, 6), 3, 1), ((1, 3, 7, 5), 3, 2), ((2, 2, 4, 7), 2, 1)]:
        dout, X, *rest = pooled(draw, shape, size, stride)
        again = repeated(draw, shape, size, stride)
        for args in ([dout, X, *rest], [dout, X - 3, *rest], again):  # once all are negative
            expected = reference.max_pool2d_backward(*args)
            assert_close(student.max_pool2d_backward(*args), expected, terms=9)
