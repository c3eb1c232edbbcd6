import numpy as np

from grader.checks import assert_close, points


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


def room(args, terms):
    """Return what gates add to rounding; float64's is so small that it does not matter."""
    return {} if args[0].dtype == np.float64 else {"terms": terms, "condition": 5}


@points(3)
def test_values(student, reference, draw):
    """The new state is the candidate and the old state, mixed by the update gate.

    zh: 新的隐状态由候选隐状态和旧的隐状态按更新门混合而成。
    """
    for n, d, h, dtype in [(3, 5, 4, None), (2, 3, 6, "float64"), (4, 4, 4, None)]:
        args = arguments(draw, n, d, h, dtype)
        expected = reference.gru_cell(*args)
        assert_close(student.gru_cell(*args), expected, **room(args, d + h + 2))
    x, _h, *weights = arguments(draw, 6, 2, 3)
    for args in draw.relatives(x, draw.coincident(3), *weights):
        expected = reference.gru_cell(*args)
        assert_close(student.gru_cell(*args), expected, **room(args, 7))
    x, h, W_x, *weights = arguments(draw, 3, 2, 5)
    sizes = [[size * x, h, W_x / size, *weights] for size in draw.magnitudes()]
    for args in sizes + draw.zeroed(x, h, W_x, *weights):
        expected = reference.gru_cell(*args)
        assert_close(student.gru_cell(*args), expected, **room(args, 9))


@points(1)
def test_gates(student, reference, draw):
    """Gates that are almost open or almost closed do what they are there for.

    zh: 门几乎全开或几乎全关时，各自起到应有的作用。
    """
    for reset, update in [(8, -8), (-8, -8), (8, 2), (-8, 2), (0, 8), (0, 0), (0, -2)]:
        x, h, W_x, W_h, b_x, b_h = arguments(draw, 4, 3, 2, "float64")
        b_x[:2] += reset
        b_h[2:4] += update
        args = [x, 3 * h, W_x, W_h, b_x, b_h]
        expected = reference.gru_cell(*args)
        assert_close(student.gru_cell(*args), expected)
