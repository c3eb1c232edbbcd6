import numpy as np

from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)

#: how far a guard against log(0) may move a loss where the probability is 0.01 or more, and by
#: what share where it is less, in the words of the statement
GUARD, SHARE = 1e-6, 0.01


@points(1)
def test_confident_predictions(student, reference, draw):
    """A true class that is almost certain costs almost nothing.

    zh: 当真实类别的概率接近1时，损失接近零。
    """
    y_hat = draw.cast([[0.999998, 1e-6, 1e-6], [0.05, 0.9, 0.05], [0.02, 0.02, 0.96]])
    y = np.array([0, 1, 2])
    expected = reference.cross_entropy(y_hat, y)
    assert_close(student.cross_entropy(y_hat, y), expected, scale=1.0, tolerance=GUARD)


@points(1)
def test_small_probabilities(student, reference, draw):
    """A true class that is almost excluded costs a lot.

    zh: 当真实类别的概率极小时，损失很大。
    """
    y_hat = draw.cast([[5e-7, 0.6, 0.3999995], [0.5, 0.499999, 1e-6], [0.8, 2e-6, 0.199998]])
    y = np.array([0, 2, 1])
    expected = reference.cross_entropy(y_hat, y)
    assert_close(student.cross_entropy(y_hat, y), expected, tolerance=SHARE)
    # each on its own, down to the least that the statement allows
    for least in (1e-3, 1e-5, 1e-7, 1e-8):
        y_hat, y = draw.cast([[1 - least, least]]), np.array([1])
        expected = reference.cross_entropy(y_hat, y)
        assert_close(student.cross_entropy(y_hat, y), expected, tolerance=SHARE)


@points(1)
@says("state", "unchanged")
def test_inputs_unchanged(student, reference, draw):
    """The probabilities and the labels are unchanged on return, and no call affects another.

    zh: 函数返回后，概率和标签保持不变；各次调用互不影响。
    """
    y_hat = draw.cast([[0.2, 0.8], [0.999999, 1e-6], [0.7, 0.3]])
    y = np.array([1, 0, 1])
    given, labels = y_hat.copy(), y.copy()
    expected = reference.cross_entropy(given, labels)
    result = student.cross_entropy(y_hat, y)
    assert_close(result, expected, scale=1.0, tolerance=GUARD)
    assert_unchanged(y_hat, given, "y_hat")
    assert_unchanged(y, labels, "y")
    first = [draw.probabilities(3, 2), 1 - labels]
    assert_no_memory(student, "cross_entropy", first, [given, labels])


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of the probabilities.

    zh: 结果的数据类型与概率相同。
    """
    for dtype in ("float32", "float64"):
        y_hat = draw.cast([[0.3, 0.7], [0.6, 0.4], [0.9, 0.1]], dtype)
        y = np.array([0, 1, 1])
        expected = reference.cross_entropy(y_hat, y)
        result = student.cross_entropy(y_hat, y)
        assert_close(result, expected, scale=1.0, tolerance=GUARD)
        assert_dtype_kept(result, dtype)
