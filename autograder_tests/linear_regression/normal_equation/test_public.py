import numpy as np

from grader.checks import assert_close, points


@points(2)
def test_weights(student, reference, draw):
    """The weights are those of least squares.

    zh: 权重等于最小二乘解的权重。
    """
    X, y = draw.normal(12, 3), draw.normal(12, 1)
    expected = reference.normal_equation(X, y)
    result = student.normal_equation(X, y)
    assert_close(0 * result, np.zeros((4, 1)))
    scale = np.abs(expected).max()
    assert_close(
        result[:-1],
        expected[:-1],
        terms=12,
        condition=3,
        scale=scale,
        what="normal_equation(X, y)[:-1]",
    )
    # many examples determine the weights so well that rounding them to four decimals shows
    X, y = draw.normal(40, 6), draw.normal(40, 1)
    expected = reference.normal_equation(X, y)
    result = student.normal_equation(X, y)
    assert_close(0 * result, np.zeros((7, 1)))
    assert_close(result[:-1], expected[:-1], terms=40, what="normal_equation(X, y)[:-1]")


@points(1)
def test_intercept(student, reference, draw):
    """The intercept stands last and is that of least squares, also if features are not centred.

    zh: 截距位于最后，等于最小二乘解的截距，特征没有中心化时也是如此。
    """
    # the two features move together, and y with the first: taken one at a time they count twice
    X = draw.normal(15, 2)
    X[:, 1] += 2 * X[:, 0]
    y = 4 * X[:, :1] + draw.normal(15, 1) + 3
    X = X + draw.cast([2, -1])
    expected = reference.normal_equation(X, y)
    result = student.normal_equation(X, y)
    assert_close(0 * result, np.zeros((3, 1)))
    scale = np.abs(expected).max()
    assert_close(
        result[-1],
        expected[-1],
        terms=15,
        condition=8,
        scale=scale,
        what="normal_equation(X, y)[-1]",
    )
