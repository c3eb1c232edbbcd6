import numpy as np

from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Each row is the softmax of its valid scores, with zeros behind them.

    zh: 每一行是其有效得分的softmax，其后都为零。
    """
    for lens in (np.array([2, 4, 3]), np.array([1, 5, 3])):
        X = draw.normal(3, 2, 5, scale=2.0)
        expected = reference.masked_softmax(X, lens)
        assert_close(student.masked_softmax(X, lens), expected, terms=5, condition=5)
    for n, q, k in draw.sizes(3, 40):
        X, lens = draw.normal(n, q, k), draw.integers(1, k + 1, n)
        expected = reference.masked_softmax(X, lens)
        assert_close(student.masked_softmax(X, lens), expected, terms=k, condition=5)
    # scores that coincide, and arguments that are easily taken for earlier ones
    given = draw.coincident(2, 4, dtype="float64"), np.array([4, 1, 2, 3, 3, 4])
    for X, lens in draw.relatives(*given):
        expected = reference.masked_softmax(X, lens)
        assert_close(student.masked_softmax(X, lens), expected, terms=4)


@points(1)
def test_a_length_for_each_row(student, reference, draw):
    """Each row may have a length of its own.

    zh: 每一行都可以有自己的有效长度。
    """
    for lens in (np.array([[1, 3, 2], [3, 2, 1]]), np.array([[1, 4, 2], [3, 2, 4]])):
        X = draw.normal(2, 3, 4)
        expected = reference.masked_softmax(X, lens)
        assert_close(student.masked_softmax(X, lens), expected, terms=4, condition=5)
    for n, q, k in draw.sizes(3, 40):
        X, lens = draw.normal(n, q, k), draw.integers(1, k + 1, n, q)
        expected = reference.masked_softmax(X, lens)
        assert_close(student.masked_softmax(X, lens), expected, terms=k, condition=5)
