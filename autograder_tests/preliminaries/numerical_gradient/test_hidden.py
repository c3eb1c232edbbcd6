import numpy as np

from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)

from .test_public import cubic, expected_for


@points(1)
def test_every_shape(student, draw):
    """Arguments of any shape with one axis or more; the result has the same.

    zh: 自变量至少有一个轴，可以是任意形状；结果的形状与它相同。
    """
    for shape in [*draw.shapes(large=70)[1:], (70,), (1, 70), (70, 1)]:
        x = draw.normal(*shape, dtype="float64")
        f = cubic(draw.away_from_zero(*shape, dtype="float64"))
        assert_close(student.numerical_gradient(f, x, 0.13), expected_for(f, x, 0.13), scale=70)
        if x.size < 10:
            found = student.numerical_gradient(f=f, x=x, h=1e-4)
            assert_close(found, expected_for(f, x, 1e-4), scale=70)


@points(1)
def test_functions_that_are_not_smooth(student, draw):
    """Of functions with kinks and jumps, it is the same differences, and no derivative.

    zh: 对于有尖点和跳跃的函数，结果同样是这些差分，而不是导数。
    """
    x = draw.cast([0.0, 0.2, -0.6, 1.4, 0.2], "float64")

    def kinked(at):
        return np.asarray(np.sum(np.abs(np.asarray(at)) * np.arange(1.0, 6.0)))

    def stepped(at):
        return np.asarray(np.sum(np.floor(3 * np.asarray(at)) * np.arange(1.0, 6.0)))

    def constant(at):
        return np.asarray(3.0)

    for f in (kinked, stepped, constant):
        for h in (0.5, 0.25, 2.0):
            assert_close(student.numerical_gradient(f, x, h), expected_for(f, x, h))
    for size in draw.magnitudes():
        near = draw.normal(3, scale=size, dtype="float64")

        def scaled(at, size=size):
            return np.asarray(np.sum(np.sin(np.asarray(at) / size)))

        expected = expected_for(scaled, near, 0.4 * size)
        found = student.numerical_gradient(scaled, near, 0.4 * size)
        assert_close(found, expected, condition=10)


@points(2)
@says("dtype", "state", "unchanged")
def test_input_unchanged(student, draw):
    """The argument is the same as before to the last bit, and the result is in float64.

    zh: 函数返回后，自变量与之前完全相同，一个比特也不差；结果为float64。
    """
    for shape in [(6,), (3, 4)]:
        x = draw.normal(*shape, dtype="float64") / 3
        x[-1] = -0.0
        before = x.copy()
        f = cubic(draw.away_from_zero(*shape, dtype="float64"))
        for h in (1e-5, 0.1):
            result = student.numerical_gradient(f, x, h)
            assert_close(result, expected_for(f, before, h), scale=10)
            assert_unchanged(x, before, "x")
            assert_dtype_kept(result, "float64")
        other = draw.normal(*shape, dtype="float64")
        assert_no_memory(student, "numerical_gradient", [f, other, 0.1], [f, before, 0.1])
