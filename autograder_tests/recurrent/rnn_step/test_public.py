from grader.checks import assert_close, points


def arguments(draw, n, d, h, dtype=None):
    """Return x, h, W_xh, W_hh, b_h whose sums bend the tanh without ending it."""
    return [
        draw.normal(n, d, dtype=dtype),
        draw.uniform(-1, 1, n, h, dtype=dtype),
        draw.normal(d, h, scale=d**-0.5, dtype=dtype),
        draw.normal(h, h, scale=h**-0.5, dtype=dtype),
        draw.normal(h, dtype=dtype),
    ]


@points(2)
def test_values(student, reference, draw):
    """The new state is the tanh of both products and the bias, also for large sums and small ones.

    zh: 新的隐状态等于两个乘积与偏置之和的tanh，和较大或较小时也一样。
    """
    for n, d, h, dtype in [(3, 5, 4, None), (2, 3, 6, "float64"), (4, 4, 4, None)]:
        args = arguments(draw, n, d, h, dtype)
        expected = reference.rnn_step(*args)
        assert_close(student.rnn_step(*args), expected, terms=d + h + 1, condition=2)
    x, _h, *weights = arguments(draw, 6, 2, 3)
    for args in draw.relatives(x, draw.coincident(3), *weights):
        expected = reference.rnn_step(*args)
        assert_close(student.rnn_step(*args), expected, terms=6, condition=2)
    x, h, W_xh, *weights = arguments(draw, 3, 2, 5)
    sizes = [[size * x, h, W_xh / size, *weights] for size in draw.magnitudes()]
    for args in sizes + draw.zeroed(x, h, W_xh, *weights):
        expected = reference.rnn_step(*args)
        assert_close(student.rnn_step(*args), expected, terms=8, condition=2)
    for scale in (0.05, 5.0):
        x, h, W_xh, W_hh, b_h = arguments(draw, 3, 2, 5, "float64")
        args = [x, h, scale * W_xh, scale * W_hh, scale * b_h]
        expected = reference.rnn_step(*args)
        assert_close(student.rnn_step(*args), expected, terms=8, condition=2)


@points(1)
def test_first_step(student, reference, draw):
    """From a state of zeros, only the input and the bias count.

    zh: 隐状态全为零时，结果只取决于输入和偏置。
    """
    x, h, *weights = arguments(draw, 3, 4, 2)
    args = [x, 0 * h, *weights]
    expected = reference.rnn_step(*args)
    assert_close(student.rnn_step(*args), expected, terms=7, condition=2)
