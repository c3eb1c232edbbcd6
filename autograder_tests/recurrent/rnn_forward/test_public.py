import numpy as np

from grader.checks import assert_close, one_of, points


def arguments(draw, steps, n, d, h, dtype=None):
    """Return xs, h, W_xh, W_hh, b_h: the past counts, and errors do not grow from step to step."""
    return [
        draw.normal(steps, n, d, dtype=dtype),
        draw.uniform(-1, 1, n, h, dtype=dtype),
        draw.normal(d, h, scale=d**-0.5, dtype=dtype),
        draw.normal(h, h, scale=0.8 * h**-0.5, dtype=dtype),
        draw.normal(h, scale=0.5, dtype=dtype),
    ]


@points(2)
def test_all_states(student, reference, draw):
    """There is a state after each step, in order, made of the input and the state before.

    zh: 每个时间步之后都有一个隐状态，依次排列，由该步的输入和上一步的隐状态算出。
    """
    for steps, n, d, h, dtype in [(4, 3, 5, 2, None), (6, 2, 3, 4, "float64"), (3, 3, 3, 3, None)]:
        args = arguments(draw, steps, n, d, h, dtype)
        expected = reference.rnn_forward(*args)[0]
        hs = one_of(student.rnn_forward(*args), 0)
        assert_close(hs, expected, terms=d + h + 1, condition=5, what="hs")
    xs, _h, *weights = arguments(draw, 3, 6, 2, 4)
    for args in draw.relatives(xs, draw.coincident(4), *weights):
        expected = reference.rnn_forward(*args)[0]
        hs = one_of(student.rnn_forward(*args), 0)
        assert_close(hs, expected, terms=7, condition=5, what="hs")
    xs, h, W_xh, *weights = arguments(draw, 4, 3, 2, 5)
    sizes = [[size * xs, h, W_xh / size, *weights] for size in draw.magnitudes()]
    rests = [np.where(np.arange(4)[:, None, None] == 2, 0 * xs, xs), h, W_xh, *weights]
    for args in [*sizes, rests, *draw.zeroed(xs, h, W_xh, *weights)]:
        expected = reference.rnn_forward(*args)[0]
        hs = one_of(student.rnn_forward(*args), 0)
        assert_close(hs, expected, terms=8, condition=5, what="hs")


@points(1)
def test_last_state(student, reference, draw):
    """The second result is the state after the last step.

    zh: 第二个结果是最后一个时间步之后的隐状态。
    """
    for steps, n, d, h, dtype in [(5, 2, 4, 3, None), (2, 4, 2, 5, "float64"), (1, 3, 2, 2, None)]:
        args = arguments(draw, steps, n, d, h, dtype)
        expected = reference.rnn_forward(*args)[1]
        last = one_of(student.rnn_forward(*args), 1)
        assert_close(last, expected, terms=d + h + 1, condition=5, what="h")
