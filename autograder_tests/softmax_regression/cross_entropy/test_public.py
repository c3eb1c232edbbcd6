import numpy as np

from grader.checks import assert_close, points

#: how far a guard against log(0) may move a loss where the probability is LEAST or more, in the
#: words of the statement
GUARD, LEAST = 1e-6, 0.01


@points(1)
def test_values(student, reference, draw):
    """Each loss is the negative logarithm of the probability of the true class.

    zh: 每个损失是真实类别的概率的负对数。
    """
    y_hat = draw.cast(
        [
            [0.62, 0.07, 0.31],
            [0.62, 0.07, 0.31],
            [0.97, 0.02, LEAST],
            [0.25, 0.35, 0.40],
            [0.09, 0.78, 0.13],
            [0.30, 0.22, 0.48],
        ]
    )
    y = np.array([0, 1, 2, 0, 2, 2])
    expected = reference.cross_entropy(y_hat, y)
    assert_close(student.cross_entropy(y_hat, y), expected, scale=1.0, tolerance=GUARD)


@points(1)
def test_any_shape(student, reference, draw):
    """There is one loss per example, for any number of examples and classes.

    zh: 无论样本数和类别数是多少，每个样本都有一个损失。
    """
    for n, k in draw.sizes(2, 300):
        weights = draw.uniform(1, 4, n, k)
        y_hat, y = weights / weights.sum(1, keepdims=True), draw.labels(n, k)
        expected = reference.cross_entropy(y_hat, y)
        assert_close(student.cross_entropy(y_hat, y), expected, scale=1.0, tolerance=GUARD)
