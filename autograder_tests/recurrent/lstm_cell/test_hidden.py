from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)

NAMES = ("x", "h", "c", "W_x", "W_h", "b")


def arguments(draw, n, d, h, dtype=None):
    """Return x, h, c, W_x, W_h, b with gates that are neither open nor closed."""
    return [
        draw.normal(n, d, dtype=dtype),
        draw.normal(n, h, dtype=dtype),
        draw.normal(n, h, scale=1.5, dtype=dtype),
        draw.normal(d, 4 * h, scale=0.5, dtype=dtype),
        draw.normal(h, 4 * h, scale=0.5, dtype=dtype),
        draw.normal(4 * h, dtype=dtype),
    ]


def assert_states(states, expected, terms):
    """Assert that both returned states are right."""
    h_new, c_new = states
    assert_close(h_new, expected[0], terms=terms, condition=5, what="h_new")
    assert_close(c_new, expected[1], terms=terms, condition=5, what="c_new")


@points(1)
def test_memory_is_kept(student, reference, draw):
    """With the forget gate open and the input gate closed, the cell state stays as it is.

    zh: 遗忘门打开、输入门关闭时，记忆元保持不变。
    """
    x, h, c, W_x, W_h, b = arguments(draw, 5, 3, 4)
    b[:4] = -30
    b[4:8] = 30
    args = [x, h, c, W_x, W_h, b]
    expected = reference.lstm_cell(*args)
    assert_states(student.lstm_cell(*args), expected, terms=8)


@points(2)
def test_any_size(student, reference, draw):
    """A batch of one, a single unit, equal sizes: all sizes will do.

    zh: 批量中只有一个样本、只有一个单元、各维大小相等：任意大小都可以。
    """
    for n, d, h in [(2, 8, 2), (8, 2, 4), *draw.sizes(3, 20)]:
        args = arguments(draw, n, d, h)
        expected = reference.lstm_cell(*args)
        assert_states(student.lstm_cell(*args), expected, terms=d + h + 1)


@points(1)
@says("state", "unchanged")
def test_inputs_unchanged(student, reference, draw):
    """All arguments are unchanged on return, and no call affects another.

    zh: 函数返回后，所有参数保持不变；各次调用互不影响。
    """
    args = arguments(draw, 2, 4, 3)
    before = [array.copy() for array in args]
    expected = reference.lstm_cell(*args)
    assert_states(student.lstm_cell(*args), expected, terms=8)
    for array, given, name in zip(args, before, NAMES, strict=True):
        assert_unchanged(array, given, name)
    assert_no_memory(student, "lstm_cell", arguments(draw, 2, 4, 3), before)


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """Both states have the dtype of the inputs.

    zh: 两个状态的数据类型都与输入相同。
    """
    for dtype in ("float32", "float64"):
        args = arguments(draw, 3, 2, 4, dtype)
        expected = reference.lstm_cell(*args)
        states = student.lstm_cell(*args)
        assert_states(states, expected, terms=7)
        for state, name in zip(states, ("h_new", "c_new"), strict=True):
            assert_dtype_kept(state, dtype, name)
