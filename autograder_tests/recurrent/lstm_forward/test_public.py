import numpy as np

from grader.checks import assert_close, one_of, points


def arguments(draw, steps, n, d, h, dtype=None):
    """Return xs, h, c, W_x, W_h, b: the past counts, and errors do not grow from step to step."""
    return [
        draw.normal(steps, n, d, dtype=dtype),
        draw.uniform(-1, 1, n, h, dtype=dtype),
        draw.normal(n, h, scale=1.5, dtype=dtype),
        draw.normal(d, 4 * h, scale=d**-0.5, dtype=dtype),
        draw.normal(h, 4 * h, scale=h**-0.5, dtype=dtype),
        draw.normal(4 * h, dtype=dtype),
    ]


@points(2)
def test_hidden_states(student, reference, draw):
    """There is a hidden state after each step, in order, made from both states before.

    zh: 每个时间步之后都有一个隐状态，依次排列，由之前的两个状态算出。
    """
    for steps, n, d, h, dtype in [(4, 3, 5, 2, None), (6, 2, 3, 4, "float64"), (3, 3, 3, 3, None)]:
        args = arguments(draw, steps, n, d, h, dtype)
        expected = reference.lstm_forward(*args)[0]
        hs = one_of(student.lstm_forward(*args), 0)
        assert_close(hs, expected, terms=d + h + 1, condition=5, what="hs")
    xs, _h, c, *weights = arguments(draw, 3, 6, 2, 4)
    for args in draw.relatives(xs, draw.coincident(4), c, *weights):
        expected = reference.lstm_forward(*args)[0]
        hs = one_of(student.lstm_forward(*args), 0)
        assert_close(hs, expected, terms=7, condition=5, what="hs")
    xs, h, c, W_x, *weights = arguments(draw, 4, 3, 2, 5)
    sizes = [[size * xs, h, c, W_x / size, *weights] for size in draw.magnitudes()]
    rests = [np.where(np.arange(4)[:, None, None] == 2, 0 * xs, xs), h, c, W_x, *weights]
    for args in [*sizes, rests, *draw.zeroed(xs, h, c, W_x, *weights)]:
        expected = reference.lstm_forward(*args)[0]
        hs = one_of(student.lstm_forward(*args), 0)
        assert_close(hs, expected, terms=8, condition=5, what="hs")


@points(1)
def test_last_states(student, reference, draw):
    """The second and third result are the hidden state and the cell state after the last step.

    zh: 第二、第三个结果是最后一个时间步之后的隐状态和记忆元。
    """
    for steps, n, d, h, dtype in [(5, 2, 4, 3, None), (2, 4, 2, 5, "float64"), (1, 3, 2, 2, None)]:
        args = arguments(draw, steps, n, d, h, dtype)
        expected = reference.lstm_forward(*args)
        _hs, last_h, last_c = student.lstm_forward(*args)
        assert_close(last_h, expected[1], terms=d + h + 1, condition=5, what="h")
        assert_close(last_c, expected[2], terms=d + h + 1, condition=5, what="c")
