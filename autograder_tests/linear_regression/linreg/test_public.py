import numpy as np

from grader.checks import assert_close, points


@points(1)
def test_values(student, reference, draw):
    """Predictions are Xw + b.

    zh: 预测值等于Xw + b。
    """
    for size in (1, 1e-3, 300):
        X, w, b = draw.normal(5, 3, scale=size), draw.normal(3, 1), draw.uniform(1, 2, 1)
        expected = reference.linreg(X, w, b)
        scale = max(2.0, np.abs(expected).max())
        assert_close(student.linreg(X, w, b), expected, terms=4, scale=scale)
    for size in draw.magnitudes():
        X, w = draw.normal(5, 3, dtype="float64"), draw.normal(3, 1, scale=size, dtype="float64")
        b = size * draw.uniform(1, 2, 1, dtype="float64")
        expected = reference.linreg(X, w, b)
        scale = max(2.0 * size, np.abs(expected).max())
        assert_close(student.linreg(X, w, b), expected, terms=4, scale=scale)
    # examples that coincide or are 0, and arguments that are easily taken for earlier ones
    for args in draw.relatives(draw.coincident(3), draw.normal(3, 1), draw.uniform(1, 2, 1)):
        expected = reference.linreg(*args)
        scale = max(4, np.abs(expected).max())
        assert_close(student.linreg(*args), expected, terms=4, scale=scale)


@points(1)
def test_any_size(student, reference, draw):
    """Any number of examples and any number of features work, also one.

    zh: 对任意数量的样本和特征都适用，只有一个时也是如此。
    """
    for n, d in [(2, 40), *draw.sizes(2)]:
        X, w, b = draw.normal(n, d), draw.normal(d, 1), draw.uniform(-4, -3, 1)
        expected = reference.linreg(X, w, b)
        # Xw and b may cancel: rounding is relative to what was added, and b is at least 3
        scale = max(4, np.abs(expected).max())
        assert_close(student.linreg(X, w, b), expected, terms=d + 1, scale=scale)
