import numpy as np

from grader.checks import assert_close, points


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


def magnified(args):
    """Return by how much gates magnify errors; float64's are so small that it does not matter."""
    return 1 if args[0].dtype == np.float64 else 5


def cells(draw, n, d, h):
    """Yield arguments; then such with large states, and gates almost open or almost closed.

    Some are easily taken for each other, and their states coincide or are 0.
    """
    yield arguments(draw, n, d, h)
    yield arguments(draw, n, d, h, "float64")
    x, _h, c, *weights = arguments(draw, 6, d, h)
    yield from draw.relatives(x, draw.coincident(h), c, *weights)
    x, hidden, c, W_x, *weights = arguments(draw, n, d, h)
    yield from draw.zeroed(x, hidden, c, W_x, *weights)
    for size in draw.magnitudes():
        yield [size * x, hidden, c, W_x / size, *weights]
    for gate, dtype in [(7.5, None), (-7.5, "float64")]:
        x, hidden, c, W_x, W_h, b = arguments(draw, n, d, h, dtype)
        near = b.dtype.type(gate)
        yield [x, hidden, 40 * c, 0.1 * W_x, 0.1 * W_h, 0.1 * b + near]


@points(2)
def test_cell_state(student, reference, draw):
    """The new cell state keeps what the forget gate lets through and adds the gated candidate.

    zh: 新的记忆元保留遗忘门放行的部分，并加上经输入门控制的候选记忆元。
    """
    for args in cells(draw, 3, 6, 5):
        expected = reference.lstm_cell(*args)[1]
        c_new = student.lstm_cell(*args)[1]
        assert_close(c_new, expected, terms=12, condition=magnified(args), what="c_new")


@points(2)
def test_hidden_state(student, reference, draw):
    """The new hidden state is the tanh of the new cell state, gated by the output gate.

    zh: 新的隐状态等于新的记忆元经tanh后再乘以输出门。
    """
    for args in cells(draw, 4, 3, 2):
        expected = reference.lstm_cell(*args)[0]
        h_new = student.lstm_cell(*args)[0]
        assert_close(h_new, expected, terms=6, condition=magnified(args), what="h_new")


@points(1)
def test_first_step(student, reference, draw):
    """From states that are all zero, only the input and the bias matter.

    zh: 当两个状态全为零时，结果只取决于输入和偏置。
    """
    x, h, c, *weights = arguments(draw, 2, 5, 3)
    args = [x, np.zeros_like(h), np.zeros_like(c), *weights]
    expected_h, expected_c = reference.lstm_cell(*args)
    h_new, c_new = student.lstm_cell(*args)
    assert_close(h_new, expected_h, terms=6, condition=5, what="h_new")
    assert_close(c_new, expected_c, terms=6, condition=5, what="c_new")
