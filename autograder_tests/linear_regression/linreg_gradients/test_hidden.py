from grader.checks import (
    Mismatch,
    Text,
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


def assert_gradients(result, expected, terms, least=1.0, condition=8):
    """Assert that *result* is a pair of gradients close to *expected*."""
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        raise Mismatch(
            Text("linreg_gradients must return dw, db.", "linreg_gradients必须返回dw, db。")
        )
    for gradient, true, name in zip(result, expected, ("dw", "db"), strict=True):
        # where the sum cancels, errors are those of its terms, which are of size *least* and more
        scale = max(least, abs(true).max())
        assert_close(gradient, true, terms=terms, condition=condition, scale=scale, what=name)


@points(2)
def test_any_size(student, reference, draw):
    """Any number of examples and any number of features work, also one.

    zh: 对任意数量的样本和特征都适用，只有一个时也是如此。
    """
    for n, d in draw.sizes(2):
        args = [draw.normal(n, d), draw.normal(d, 1), draw.uniform(1, 2, 1)]
        args.append(draw.uniform(-60, -40, n, 1))
        expected = reference.linreg_gradients(*args)
        assert_gradients(student.linreg_gradients(*args), expected, n)
    for size in draw.magnitudes():
        X, *rest = (draw.normal(*s, dtype="float64") for s in [(5, 2), (2, 1), (1,), (5, 1)])
        args = [X, *(size * one for one in rest)]
        expected = reference.linreg_gradients(*args)
        assert_gradients(student.linreg_gradients(*args), expected, 5, size, 1)
    # examples that coincide or are 0, and a bias of 0
    X, w, y = draw.coincident(3), draw.normal(3, 1), draw.normal(6, 1)
    y[5] = y[0]
    for args in draw.relatives(X, w, draw.cast([0]), y):
        expected = reference.linreg_gradients(*args)
        assert_gradients(student.linreg_gradients(*args), expected, 6, least=6.0)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """All four arguments are unchanged on return, and no call affects another.

    zh: 函数返回后，四个参数都保持不变；各次调用互不影响。
    """
    args = [draw.normal(6, 2), draw.normal(2, 1), draw.uniform(1, 2, 1), draw.normal(6, 1)]
    expected = reference.linreg_gradients(*args)
    before = [arg.copy() for arg in args]
    assert_gradients(student.linreg_gradients(*args), expected, 6)
    for arg, old, name in zip(args, before, ("X", "w", "b", "y"), strict=True):
        assert_unchanged(arg, old, name)
    first = [draw.normal(6, 2), draw.normal(2, 1), draw.uniform(1, 2, 1), draw.normal(6, 1)]
    assert_no_memory(student, "linreg_gradients", first, before)


@points(1)
@says("dtype")
def test_dtype_kept(student, reference, draw):
    """Both gradients have the dtype of the inputs.

    zh: 两个梯度的数据类型都与输入相同。
    """
    for dtype in ("float32", "float64"):
        shapes = [(5, 3), (3, 1), (1,), (5, 1)]
        args = [draw.normal(*shape, dtype=dtype) for shape in shapes]
        expected = reference.linreg_gradients(*args)
        result = student.linreg_gradients(*args)
        assert_gradients(result, expected, 5)
        assert_dtype_kept(result[0], dtype, "dw")
        assert_dtype_kept(result[1], dtype, "db")
