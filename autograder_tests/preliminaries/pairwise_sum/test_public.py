from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Row i and column j hold the sum of entry i of `a` and entry j of `b`.

    zh: 第i行第j列是`a`的第i个元素与`b`的第j个元素之和。
    """
    for m, n in draw.sizes(2):
        a, b = draw.normal(m), draw.normal(n, scale=3)
        expected = reference.pairwise_sum(a, b)
        assert_close(student.pairwise_sum(a, b), expected)
    for a, b in [([1.0, 0.0, 1.0], [-1.0, 0.0, 2.0]), ([0.0, 0.0], [5.0, 5.0, 5.0])]:
        one, other = draw.cast(a), draw.cast(b)
        assert_close(student.pairwise_sum(one, other), reference.pairwise_sum(one, other))
    # arguments that are easily taken for earlier ones
    for one, other in draw.relatives(draw.normal(4), draw.normal(4)):
        expected = reference.pairwise_sum(one, other)
        assert_close(student.pairwise_sum(one, other), expected)
