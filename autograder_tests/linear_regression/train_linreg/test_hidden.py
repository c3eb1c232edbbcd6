import numpy as np

from grader.checks import (
    Mismatch,
    Text,
    as_array,
    assert_close,
    assert_dtype_kept,
    assert_unchanged,
    points,
    says,
)

#: how close the statement asks for
NEAR = 0.02


def least_squares(features, labels):
    """Return the weights ``(d, 1)`` and the bias ``(1,)`` that training should come close to."""
    A = np.hstack([features, np.ones((len(features), 1))]).astype(np.float64)
    solution = np.linalg.lstsq(A, labels.astype(np.float64), rcond=None)[0]
    return solution[:-1], solution[-1]


def assert_trained(result, best):
    """Assert that *result* is a pair (w, b) near the least-squares solution *best*."""
    w, b = result
    for found, want, name in ((w, best[0], "w"), (b, best[1], "b")):
        values = as_array(found, name)
        assert_close(0 * values, 0 * want, what=name)
        if not np.abs(values - want).max() <= NEAR:
            raise Mismatch(
                Text(
                    f"{name} is not near the least-squares solution.",
                    f"{name}与最小二乘解相差较远。",
                )
            )


def assert_on_its_way(result, lr, num_epochs):
    """Assert that w and b are where steps over all of balanced data lead from near zero."""
    share = 1 - (1 - lr) ** num_epochs
    for found, target, name in zip(result, ([[6.0], [-5.0]], [7.0]), ("w", "b"), strict=True):
        want = share * np.array(target)
        values = as_array(found, name)
        assert_close(0 * values, 0 * want, what=name)
        if not np.abs(values - want).max() <= 10 * NEAR:
            raise Mismatch(
                Text(
                    f"{name} is not where so few steps lead.",
                    f"{name}不是走完这几步之后应有的值。",
                )
            )


def balanced(draw, n, d):
    """Return centred, uncorrelated ``(n, d)`` features with mean square 1.

    All errors then shrink by the factor 1 - lr in each step over all of the data.
    """
    ones = np.ones((n, 1))
    Q, _ = np.linalg.qr(np.hstack([ones, draw.normal(n, d, dtype="float64")]))
    return draw.cast(np.sqrt(n) * Q[:, 1:])


@points(2)
def test_batch_larger_than_data(student, draw):
    """A minibatch that cannot be filled is averaged over the examples that it holds.

    zh: 小批量装不满时，按其中实际的样本数求平均。
    """
    # all examples in one batch: noise does not matter, but a step divided by batch_size is short
    features = balanced(draw, 12, 3)
    labels = features @ draw.cast([[4], [-3], [2]]) + draw.normal(12, 1) + 5
    best = least_squares(features, labels)
    result = student.train_linreg(features, labels, 0.3, 60, 100)
    assert_trained(result, best)


@points(1)
def test_learning_rate(student, draw):
    """The learning rate and the number of epochs are those handed in.

    zh: 学习率和迭代周期数与传入的一致。
    """
    # With 2 / 3, every epoch leaves a third of the error: one fewer is one too few. With 1.5 it
    # leaves half, on the other side, and a doubled gradient diverges.
    cases = [(1.0, 0.3, 40), (3.0, 0.05, 150), (1.0, 2 / 3, 6), (1.0, 1.5, 11)]
    for scale, lr, num_epochs in cases:
        features = balanced(draw, 25, 1) * draw.cast(scale)
        labels = features * -6 + draw.normal(25, 1) + 7
        best = least_squares(features, labels)
        result = student.train_linreg(features, labels, lr, num_epochs, 25)
        assert_trained(result, best)
    for lr, num_epochs, n, batch_size in [
        (0.1, 3, 12, 12), (0.37, 1, 12, 18), (0.37, 1, 70, 70), (0.003, 40, 12, 12)
    ]:  # fmt: skip
        features = balanced(draw, n, 2)
        labels = features @ draw.cast([[6], [-5]]) + 7
        result = student.train_linreg(features, labels, lr, num_epochs, batch_size)
        assert_on_its_way(result, lr, num_epochs)


@points(1)
@says("unchanged")
def test_data_unchanged(student, draw):
    """Features and labels are unchanged on return.

    zh: 函数返回后，特征和标签都保持不变。
    """
    features = balanced(draw, 20, 2) + draw.cast(0.5)
    labels = features @ draw.cast([[3], [2]]) - 1
    before, before_labels = features.copy(), labels.copy()
    best = least_squares(features, labels)
    result = student.train_linreg(features, labels, 0.16, 30, 4)
    assert_trained(result, best)
    assert_unchanged(features, before, "features")
    assert_unchanged(labels, before_labels, "labels")


@points(1)
@says("dtype")
def test_dtype_kept(student, draw):
    """Weights and bias have the dtype of the features.

    zh: 权重和偏置的数据类型与特征相同。
    """
    for dtype in ("float32", "float64"):
        features = draw.cast(balanced(draw, 30, 2), dtype)
        labels = draw.cast(features @ np.array([[1.0], [-2.0]]) + 3, dtype)
        best = least_squares(features, labels)
        w, b = student.train_linreg(features, labels, 0.12, 30, 5)
        assert_dtype_kept(w, dtype, "w")
        assert_dtype_kept(b, dtype, "b")
        assert_trained((w, b), best)
