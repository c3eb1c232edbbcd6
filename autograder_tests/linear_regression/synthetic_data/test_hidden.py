import numpy as np

from grader.checks import (
    Mismatch,
    Text,
    assert_close,
    assert_dtype_kept,
    assert_unchanged,
    points,
    says,
)


def assert_on_line(features, labels, w, b, num_examples):
    """Assert shapes, and labels that follow the line, whatever the deviation of their noise."""
    assert_close(0 * features, np.zeros((num_examples, len(w))), what="features")
    assert_close(0 * labels, np.zeros((num_examples, 1)), what="labels")
    noise = labels - (features.astype(np.float64) @ w + b)
    if not np.abs(noise).max() <= 6:
        raise Mismatch(Text("The labels are far from Xw + b.", "标签与Xw + b相差很远。"))


@points(1)
def test_any_size(student, draw):
    """Any number of features and any number of examples work, also one.

    zh: 对任意数量的特征和样本都适用，只有一个时也是如此。
    """
    for d, n, b in [(1, 13, 57.0), (5, 2, -60.0), (4, 4, 44.0), (3, 1, 38.0)]:
        w = draw.normal(d, 1, scale=30)
        features, labels = student.synthetic_data(w, b, n)
        assert_on_line(features, labels, w, b, n)


@points(1)
@says("unchanged", "values")
def test_fresh_and_argument_unchanged(student, draw):
    """Every call draws features and noise anew, and leaves the weights as they are.

    zh: 每次调用都重新采样特征和噪声，并且不改变权重。
    """
    w, b = draw.normal(2, 1, scale=30), 48.0
    before = w.copy()
    calls = [student.synthetic_data(w, b, 6) for _ in range(2)]
    assert_unchanged(w, before, "w")
    for features, labels in calls:
        assert_on_line(features, labels, w, b, 6)
    (first, first_labels), (second, second_labels) = calls
    again = np.isclose(first_labels - first @ w, second_labels - second @ w, rtol=1e-6, atol=0)
    if np.isin(first, second).any():
        raise Mismatch(Text("Two calls give the same features.", "两次调用得到了相同的特征。"))
    if again.all():
        raise Mismatch(
            Text(
                "Two calls give the same noise, or none.",
                "两次调用得到了相同的噪声，或都没有噪声。",
            )
        )


@points(1)
@says("dtype")
def test_dtype_kept(student, draw):
    """Features and labels have the dtype of the weights.

    zh: 特征和标签的数据类型与权重相同。
    """
    for dtype in ("float32", "float64"):
        w = draw.normal(3, 1, scale=30, dtype=dtype)
        features, labels = student.synthetic_data(w, 40.5, 5)
        assert_dtype_kept(features, dtype, "features")
        assert_dtype_kept(labels, dtype, "labels")
        assert_on_line(features, labels, w, 40.5, 5)
