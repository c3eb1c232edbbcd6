import numpy as np

from grader.checks import assert_backward, assert_close, points


@points(2)
def test_slope_of_the_mean_loss(student, reference, draw):
    """The gradient is the slope of the mean loss in each logit.

    zh: 梯度是平均损失关于每个logit的斜率。
    """
    for n, k in [(5, 3), (2, 6)]:
        logits, y = draw.normal(n, k), draw.labels(n, k)
        assert_backward(
            student,
            reference,
            "softmax_cross_entropy_gradient",
            [logits, y],
            forward="log_softmax",
            at=[logits.copy()],
            cotangent=-np.eye(k)[y] / n,
            names=["softmax_cross_entropy_gradient(logits, y)"],
            terms=k,
        )


@points(1)
def test_any_shape(student, reference, draw):
    """Any numbers of examples and classes will do, equal ones included.

    zh: 样本数和类别数可以任意，也可以相等。
    """
    # the last: examples that come twice
    labels = draw.labels(6, 3)
    labels[5] = labels[0]
    drawn = [(draw.normal(n, k), draw.labels(n, k)) for n, k in draw.sizes(2)]
    drawn.append((draw.normal(4, 5, dtype="float64"), draw.labels(4, 5)))
    for logits, y in [*drawn, (draw.coincident(3), labels)]:
        n, k = logits.shape
        expected = reference.softmax_cross_entropy_gradient(logits, y)
        result = student.softmax_cross_entropy_gradient(logits, y)
        # with one class, the gradient is 0
        scale = max(0.5 / n, np.abs(expected).max())
        assert_close(result, expected, terms=k, condition=5, scale=scale)


@points(2)
def test_large_logits(student, reference, draw):
    """Logits near 1000 and near -1000 may stand in the same row.

    zh: 接近1000和接近-1000的logits可以出现在同一行。
    """
    logits = draw.normal(4, 6)
    logits[:, [1, 4]] += 1000
    logits[:, 3] -= 1000
    y = np.array([1, 3, 0, 4])
    expected = reference.softmax_cross_entropy_gradient(logits, y)
    result = student.softmax_cross_entropy_gradient(logits, y)
    assert_close(result, expected, terms=6, condition=1000)
