from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)

NAMES = ("x", "h", "W_x", "W_h", "b_x", "b_h")


def arguments(draw, n, d, h, dtype=None):
    """Return x, h, W_x, W_h, b_x, b_h with gates that are neither open nor closed."""
    return [
        draw.normal(n, d, dtype=dtype),
        draw.normal(n, h, dtype=dtype),
        draw.normal(d, 3 * h, scale=d**-0.5, dtype=dtype),
        draw.normal(h, 3 * h, scale=h**-0.5, dtype=dtype),
        draw.normal(3 * h, dtype=dtype),
        draw.normal(3 * h, dtype=dtype),
    ]


@points(1)
def test_first_step(student, reference, draw):
    """From a state of zeros, the biases of the state still count, under the reset gate.

    zh: 隐状态全为零时，它的偏置仍然起作用，并且经过重置门。
    """
    x, h, *weights = arguments(draw, 3, 4, 2)
    args = [x, 0 * h, *weights]
    expected = reference.gru_cell(*args)
    assert_close(student.gru_cell(*args), expected, terms=8, condition=5)


@points(1)
def test_any_size(student, reference, draw):
    """One example, one input, one unit or many: all sizes will do.

    zh: 一个或很多样本、输入、隐藏单元：任意大小都可以。
    """
    for n, d, h in draw.sizes(3, 30):
        args = arguments(draw, n, d, h)
        expected = reference.gru_cell(*args)
        assert_close(student.gru_cell(*args), expected, terms=d + h + 2, condition=5)


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The new state has the dtype of the arguments.

    zh: 新的隐状态的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        args = arguments(draw, 3, 2, 4, dtype)
        expected = reference.gru_cell(*args)
        result = student.gru_cell(*args)
        assert_close(result, expected, terms=8, condition=5)
        assert_dtype_kept(result, dtype)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """All arguments are unchanged on return, and no call affects another.

    zh: 函数返回后，所有参数保持不变；各次调用互不影响。
    """
    args = arguments(draw, 2, 4, 3)
    before = [array.copy() for array in args]
    expected = reference.gru_cell(*before)
    assert_close(student.gru_cell(*args), expected, terms=9, condition=5)
    for array, old, name in zip(args, before, NAMES, strict=True):
        assert_unchanged(array, old, name)
    assert_no_memory(student, "gru_cell", arguments(draw, 2, 4, 3), before)
