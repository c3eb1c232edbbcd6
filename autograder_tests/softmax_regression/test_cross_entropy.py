from grader.checks import assert_close, points
from grader.numerics.closeness import PRECISION


@points(1)
def test_values(student, reference, draw):
    """Each loss is the negative logarithm of the probability of the true class.

    zh: 每个损失是真实类别的概率的负对数。
    """
    # the row's largest and smallest probabilities are asked for, and two between them
    y_hat = draw.cast(
        [
            [0.62, 0.07, 0.31],
            [0.62, 0.07, 0.31],
            [0.25, 0.35, 0.40],
            [0.09, 0.78, 0.13],
            [0.30, 0.22, 0.48],
        ]
    )
    y = draw.labels(3, 3)
    y = draw.cast([0, 1, 0, 2, 2], "int64")
    guard = 1e-6 / PRECISION[draw.dtype]
    assert_close(student.cross_entropy(y_hat, y), reference.cross_entropy(y_hat, y), condition=guard)


@points(1)
def test_any_shape(student, reference, draw):
    """There is one loss per example, for any number of examples and classes.

    zh: 无论样本数和类别数是多少，每个样本都有一个损失。
    """
    guard = 1e-6 / PRECISION[draw.dtype]
    for n, k in [(4, 4), (2, 6), (7, 2), (1, 3)]:
        y_hat, y = draw.probabilities(n, k), draw.labels(n, k)
        expected = reference.cross_entropy(y_hat, y)
        assert_close(student.cross_entropy(y_hat, y), expected, condition=guard)
