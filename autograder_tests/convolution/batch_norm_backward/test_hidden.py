from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)

NAMES = ("dX", "dgamma", "dbeta")


def arguments(draw, n, d, scale=1.0, dtype=None):
    """Return dout, X and gamma; each feature has a scale of its own."""
    scales = draw.uniform(0.5, 2, d, dtype=dtype)
    return [
        draw.normal(n, d, dtype=dtype),
        (draw.normal(n, d, dtype=dtype) * scales * scale + scales).astype(scales.dtype),
        draw.away_from_zero(d, gap=0.3, dtype=dtype),
    ]


def assert_gradients(found, expected, **room):
    """Assert that all three gradients are right."""
    for gradient, right, name in zip(found, expected, NAMES, strict=True):
        assert_close(gradient, right, what=name, **room)


@points(2)
def test_eps(student, reference, draw):
    """Eps stands under the root, whatever its size.

    zh: 无论大小，`eps`都在根号里面。
    """
    for n, scale, rest in [(5, 0.003, []), (4, 1, [0.5]), (6, 1e-3, [1e-3]), (2, 1, [0.37])]:
        args = [*arguments(draw, n, 3, scale=scale, dtype="float64"), *rest]
        expected = reference.batch_norm_backward(*args)
        assert_gradients(student.batch_norm_backward(*args), expected, condition=10)
    dout, X, gamma = arguments(draw, 4, 3, dtype="float64")
    X[:, 1] = X[0, 1]
    expected = reference.batch_norm_backward(dout, X, gamma)
    assert_gradients(student.batch_norm_backward(dout, X, gamma), expected, condition=10)


@points(1)
def test_any_size(student, reference, draw):
    """One example or many, one feature or many.

    zh: 样本和特征可以是一个或很多个。
    """
    for n, d in draw.sizes(2, 200):
        args = [*arguments(draw, n, d), 0.1]
        dout, gamma = args[0], args[2]
        expected = reference.batch_norm_backward(*args)
        found = student.batch_norm_backward(*args)
        largest = float(abs(dout).max() * abs(gamma).max())
        assert_close(found[0], expected[0], terms=n, condition=5, scale=largest, what="dX")
        for place in (1, 2):
            right, name = expected[place], NAMES[place]
            scale = float(abs(dout).max()) * 2
            assert_close(found[place], right, terms=n, condition=3, scale=scale, what=name)


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """The gradients have the dtype of the arguments.

    zh: 梯度的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        args = arguments(draw, 5, 3, dtype=dtype)
        expected = reference.batch_norm_backward(*args)
        found = student.batch_norm_backward(*args)
        for gradient, name in zip(found, NAMES, strict=True):
            assert_dtype_kept(gradient, dtype, name)
        # one value is enough here, so that a wrong dX or dgamma costs its own points only
        assert_close(found[2], expected[2], terms=5, condition=10, what="dbeta")


@points("0.5")
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """All arguments are unchanged on return, and no call affects another.

    zh: 函数返回后，所有参数保持不变；各次调用互不影响。
    """
    args = arguments(draw, 5, 3)
    before = [array.copy() for array in args]
    expected = reference.batch_norm_backward(*before)
    found = student.batch_norm_backward(*args)
    assert_close(found[2], expected[2], terms=5, condition=10, what="dbeta")
    for array, old, name in zip(args, before, ("dout", "X", "gamma"), strict=True):
        assert_unchanged(array, old, name)
    assert_no_memory(student, "batch_norm_backward", arguments(draw, 5, 3), before)
