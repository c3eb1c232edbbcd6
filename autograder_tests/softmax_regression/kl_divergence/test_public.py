from grader.checks import assert_close, points

#: how far a guard against log(0) may move the result, in the words of the statement
GUARD = 1e-6


@points(2)
def test_values(student, reference, draw):
    """The result is the divergence of q from p, in natural units, for any number of outcomes.

    zh: 结果是以自然对数计算的q相对于p的散度，结果的种数可以任意。
    """
    pairs = [([0.5, 0.5], [0.9, 0.1]), ([0.2, 0.3, 0.5], [0.4, 0.5, 0.1])]
    for p, q in [(draw.cast(p), draw.cast(q)) for p, q in pairs]:
        expected = reference.kl_divergence(p, q)
        assert_close(student.kl_divergence(p, q), expected, scale=1.0, tolerance=GUARD)
    for k in (2, 3, 10):
        p, q = (draw.uniform(1, 5, k, dtype="float64") for _ in range(2))
        p, q = p / p.sum(), q / q.sum()
        expected = reference.kl_divergence(p, q)
        assert_close(student.kl_divergence(p, q), expected, scale=1.0, tolerance=GUARD)


@points(1)
def test_impossible_outcomes(student, reference, draw):
    """Outcomes that never come add nothing.

    zh: 概率为零的结果没有贡献。
    """
    pairs = [([1.0, 0.0], [0.5, 0.5]), ([0.0, 0.3, 0.0, 0.7], [0.1, 0.2, 0.3, 0.4])]
    for p, q in [(draw.cast(p), draw.cast(q)) for p, q in pairs]:
        expected = reference.kl_divergence(p, q)
        assert_close(student.kl_divergence(p, q), expected, scale=1.0, tolerance=GUARD)
