from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """There is a row for each number and a column for each power, divided by its factorial.

    zh: 每个数占一行，每个幂次占一列，并除以该幂次的阶乘。
    """
    for n, degree in [(5, 3), (4, 3), (1, 4), (6, 1), (70, 2), (3, 7)]:
        x = draw.away_from_zero(n)
        expected = reference.polynomial_features(x, degree)
        found = student.polynomial_features(x, degree)
        assert_close(found, expected, condition=degree)
    x = draw.coincident()
    expected = reference.polynomial_features(x, 3)
    assert_close(student.polynomial_features(x, 3), expected, condition=3)
    # arguments that are easily taken for earlier ones
    for x, degree in draw.relatives(draw.normal(5), 3):
        expected = reference.polynomial_features(x, degree)
        assert_close(student.polynomial_features(x, degree), expected, condition=3)


@points(1)
def test_degree_zero_and_one(student, reference, draw):
    """Degree 0 gives a column of ones, also for zeros; degree 1 adds the numbers themselves.

    zh: degree为0时是一列1，对零也是如此；degree为1时再加上这些数本身。
    """
    for values in ([0.0, -2.5, 3.0], [0.0], [1.0, 1.0]):
        x = draw.cast(values)
        for degree in (0, 1, 2):
            expected = reference.polynomial_features(x, degree)
            assert_close(student.polynomial_features(x, degree), expected)
