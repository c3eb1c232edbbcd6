from grader.checks import assert_close, assert_vectorised, points, says


@points(1)
def test_values(student, reference, draw):
    """Every entry of the result is the sum of the two entries in its place.

    zh: 结果的每个元素都是对应位置的两个元素之和。
    """
    for n in (4, 1, 2, 70, 1100):
        a, b = draw.normal(n), draw.normal(n, scale=3)
        expected = reference.add_vectors(a, b)
        assert_close(student.add_vectors(a, b), expected)
    a, b = draw.cast([0.0, -2.0, 1.5, 1.5]), draw.cast([3.0, 2.0, 0.0, 1.5])
    assert_close(student.add_vectors(a, b), reference.add_vectors(a, b))
    # arguments that are easily taken for earlier ones
    for one, other in draw.relatives(draw.normal(5), draw.normal(5)):
        expected = reference.add_vectors(one, other)
        assert_close(student.add_vectors(one, other), expected)


@points(2)
@says("work")
def test_vectorized(student, reference, draw):
    """Python takes no more steps for long vectors than for short ones.

    zh: 对于长向量，Python执行的步数不比短向量多。
    """
    a, b = draw.normal(300), draw.normal(300)
    expected = reference.add_vectors(a, b)
    assert_close(student.add_vectors(a, b), expected)
    assert_vectorised(student, "add_vectors", lambda n: [draw.normal(n), draw.normal(n)])
