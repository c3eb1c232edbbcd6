from grader.checks import assert_close, points


def variables(draw):
    """Yield values and probabilities."""
    for k in (4, 1, 2, 7, 70, 1100):
        yield draw.normal(k, scale=3), draw.probabilities(k)
    yield draw.cast([5.0, -1.0, 5.0, 2.0]), draw.cast([0.25, 0.5, 0.125, 0.125])
    yield draw.cast([100.0, 3.0, 1.0]), draw.cast([0.0, 0.5, 0.5])
    yield draw.cast([-2.0, 7.0]), draw.cast([0.0, 1.0])
    yield draw.cast([4.0, 4.0, 4.0]), draw.cast([0.25, 0.5, 0.25])
    # probabilities whose sum is 1 only up to rounding
    for dtype in ("float32", "float64"):
        yield draw.cast([2.0, -1.0, 7.0, 4.0], dtype), draw.cast([0.1, 0.2, 0.3, 0.4], dtype)
    # all equally probable
    yield draw.cast([1.0, 9.0, -2.0, 4.0]), draw.cast([0.25, 0.25, 0.25, 0.25])
    # arguments that are easily taken for earlier ones
    for values, probs in draw.relatives(draw.normal(5, scale=3), draw.probabilities(5)):
        yield values, probs / probs.sum()


@points(2)
def test_mean(student, reference, draw):
    """The first result is the expectation.

    zh: 第一个结果是期望。
    """
    for values, probs in variables(draw):
        expected, _ = reference.mean_and_variance(values, probs)
        mean, _ = student.mean_and_variance(values, probs)
        scale = float(abs(values).max())
        assert_close(mean, expected, terms=len(values), scale=scale, what="mean")


@points(2)
def test_variance(student, reference, draw):
    """The second result is the variance.

    zh: 第二个结果是方差。
    """
    for values, probs in variables(draw):
        _, expected = reference.mean_and_variance(values, probs)
        _, variance = student.mean_and_variance(values, probs)
        scale = float((values**2).max())
        assert_close(variance, expected, terms=len(values), scale=scale, what="variance")
