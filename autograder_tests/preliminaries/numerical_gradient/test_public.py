import numpy as np

from grader.checks import assert_close, points


def cubic(weights):
    """Return a function whose central differences depend on h, and on nothing but its argument."""
    shift = np.linspace(-1, 1, weights.size).reshape(weights.shape)

    def f(x):
        y = np.asarray(x)
        return np.asarray(np.sum(weights * y**3 + shift * y**2 + y) + np.prod(np.cos(y - shift)))

    return f


def expected_for(f, x, h):
    """Return the central differences that the statement asks for."""
    gradient = np.zeros_like(x)
    for place in np.ndindex(*x.shape):
        step = np.zeros_like(x)
        step[place] = h
        gradient[place] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient


@points(2)
def test_values(student, draw):
    """Every entry of the result is a central difference with the given h.

    zh: 结果的每个元素都是以给定的h计算的中心差分。
    """
    for h in (0.37, 0.05, 1):
        for shape in [(1,), (4,), (3, 3), (2, 5)]:
            x = draw.normal(*shape, dtype="float64")
            f = cubic(draw.away_from_zero(*shape, dtype="float64"))
            assert_close(student.numerical_gradient(f, x, h), expected_for(f, x, h), scale=10)


@points(1)
def test_h_left_out(student, draw):
    """Without h given, it is 1e-5.

    zh: 不指定h时，h为1e-5。
    """
    for shape in [(3,), (2, 2)]:
        # A wave so short that its differences tell one small h from another.
        waves = draw.uniform(1e5, 2e5, *shape, dtype="float64")
        phases = draw.normal(*shape, dtype="float64")
        x = draw.normal(*shape, dtype="float64")

        def f(at, waves=waves, phases=phases):
            return np.asarray(np.sum(np.sin(waves * np.asarray(at) + phases)))

        expected = expected_for(f, x, 1e-5)
        assert_close(student.numerical_gradient(f, x), expected, scale=2e5, condition=10)
