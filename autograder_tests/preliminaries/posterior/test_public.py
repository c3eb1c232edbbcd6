from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """The result is the posterior by Bayes' rule, and sums to one.

    zh: 结果是由贝叶斯定理得到的后验，总和为一。
    """
    for k in (2, 5, 1, 3, 70):
        for dtype in (None, "float64"):
            prior = draw.probabilities(k, dtype=dtype)
            likelihood = draw.uniform(0.05, 1, k, dtype=dtype)
            expected = reference.posterior(prior, likelihood)
            assert_close(student.posterior(prior, likelihood), expected, terms=k)
    # priors that differ little
    prior, likelihood = draw.cast([0.2502, 0.2498, 0.2501, 0.2499]), draw.uniform(0.05, 1, 4)
    expected = reference.posterior(prior, likelihood)
    assert_close(student.posterior(prior, likelihood), expected, terms=4)
    # arguments that are easily taken for earlier ones; a likelihood that sums to one
    for prior, likelihood in draw.relatives(draw.probabilities(4), draw.probabilities(4)):
        expected = reference.posterior(prior / prior.sum(), likelihood)
        assert_close(student.posterior(prior / prior.sum(), likelihood), expected, terms=4)


@points(1)
def test_ruled_out(student, reference, draw):
    """A hypothesis without any prior or likelihood has none after the data either.

    zh: 先验或似然为零的假设，看到数据之后的概率仍然为零。
    """
    given = [
        ([0.0, 0.6, 0.4], [0.9, 0.2, 0.1]),
        ([0.5, 0.0, 0.25, 0.25], [0.0, 1.0, 1.0, 0.4]),
        ([1.0, 0.0], [0.001, 1.0]),
        ([0.3, 0.3, 0.4], [0.0, 0.0, 0.7]),
        ([0.0, 1.0, 0.0], [1.0, 1.0, 1.0]),
    ]
    # exactly 0, and not what rounding leaves of 1 minus all others
    for place in [0] + [-1] * 20:
        prior = draw.probabilities(5)
        prior[[place, 1]] = 0, prior[1] + prior[place]
        given.append((prior, draw.uniform(0.05, 1, 5)))
    for prior, likelihood in given:
        arguments = draw.cast(prior), draw.cast(likelihood)
        expected = reference.posterior(*arguments)
        result = student.posterior(*arguments)
        assert_close(result, expected, terms=5)
        nothing = expected == 0
        assert_close(1e30 * result[nothing], expected[nothing], scale=1)
