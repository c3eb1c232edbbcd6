from grader.checks import assert_close, points

#: how far a guard against log(0) may move the result, in the words of the statement
GUARD = 1e-6


@points(2)
def test_values(student, reference, draw):
    """The result is the entropy in natural units, for any number of outcomes.

    zh: 结果是以自然对数计算的熵，结果的种数可以任意。
    """
    for p in ([0.5, 0.25, 0.125, 0.125], [0.9, 0.1], [0.2] * 5, [0.07, 0.62, 0.31]):
        p = draw.cast(p)
        expected = reference.entropy(p)
        assert_close(student.entropy(p), expected, scale=1.0, tolerance=GUARD)
    for k in (2, 3, 10):
        weights = draw.uniform(1, 5, k, dtype="float64")
        p = weights / weights.sum()
        expected = reference.entropy(p)
        assert_close(student.entropy(p), expected, scale=1.0, tolerance=GUARD)


@points(1)
def test_impossible_outcomes(student, reference, draw):
    """Outcomes of probability zero add nothing.

    zh: 概率为零的结果没有贡献。
    """
    for p in ([0.5, 0.0, 0.5], [0.0, 0.3, 0.0, 0.6, 0.1], [0.0, 1.0], [1.0, 0.0, 0.0]):
        p = draw.cast(p)
        expected = reference.entropy(p)
        assert_close(student.entropy(p), expected, scale=1.0, tolerance=GUARD)
