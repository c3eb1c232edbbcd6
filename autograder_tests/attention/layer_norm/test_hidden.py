import numpy as np

from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


def arguments(draw, *shape, dtype=None):
    """Return X, gamma and beta."""
    gamma, beta = draw.normal(shape[-1], dtype=dtype), draw.normal(shape[-1], dtype=dtype)
    return [draw.normal(*shape, dtype=dtype), gamma, beta]


@points(1)
def test_any_shape_and_size(student, reference, draw):
    """Any number of axes will do, an axis may have size 1, and numbers may be tiny or huge.

    zh: 轴的个数任意，轴的大小可以为1，数值可以极小或极大。
    """
    for shape in [*draw.shapes()[1:], (2, 1, 5), (1, 3, 1, 6), (2, 2)]:
        args = arguments(draw, *shape)
        expected = reference.layer_norm(*args)
        assert_close(student.layer_norm(*args), expected, terms=shape[-1], condition=300)
    for size in draw.magnitudes():
        X, gamma, beta = arguments(draw, 3, 6)
        X = draw.cast(size * X)
        expected = reference.layer_norm(X, gamma, beta)
        assert_close(student.layer_norm(X, gamma, beta), expected, terms=6, condition=50)
    # vectors of very different sizes and means in one batch
    X, gamma, beta = arguments(draw, 4, 5, dtype="float64")
    X = X * np.array([[100.0], [1], [0.01], [5]]) + np.array([[0.0], [20], [-1], [-40]])
    expected = reference.layer_norm(X, gamma, beta)
    assert_close(student.layer_norm(X, gamma, beta), expected, terms=5, condition=10)


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of X.

    zh: 结果的数据类型与X相同。
    """
    for dtype in ("float32", "float64"):
        args = arguments(draw, 2, 3, 5, dtype=dtype)
        expected = reference.layer_norm(*args)
        result = student.layer_norm(*args)
        assert_close(result, expected, terms=5, condition=50)
        assert_dtype_kept(result, dtype)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """None of the arguments is changed, and no call affects another.

    zh: 所有参数都保持不变；各次调用互不影响。
    """
    args = arguments(draw, 3, 2, 4)
    before = [array.copy() for array in args]
    expected = reference.layer_norm(*before)
    assert_close(student.layer_norm(*args), expected, terms=4, condition=50)
    for array, old, name in zip(args, before, ("X", "gamma", "beta"), strict=True):
        assert_unchanged(array, old, name)
    assert_no_memory(student, "layer_norm", arguments(draw, 3, 2, 4), before)
