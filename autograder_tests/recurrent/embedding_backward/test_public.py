import numpy as np

from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Each part of the gradient goes to the row of its index; rows that do not occur get zero.

    zh: 梯度的每一部分归于其索引对应的行；没有出现的行为零。
    """
    for indices, count, d in [([3, 0, 5, 1], 6, 3), ([[1, 4, 0], [2, 3, 6]], 7, 2), ([2], 4, 5)]:
        places = np.array(indices)
        for size in draw.magnitudes():
            for dtype in (None, "float64"):
                dout = draw.normal(*places.shape, d, scale=size, dtype=dtype)
                expected = reference.embedding_backward(dout, places, count)
                assert_close(student.embedding_backward(dout, places, count), expected)


@points(2)
def test_repeated_indices(student, reference, draw):
    """The parts of an index that comes more than once add up.

    zh: 同一个索引出现多次时，各部分相加。
    """
    for indices, count in [
        ([2, 0, 2, 2], 3),
        ([[1, 1], [1, 1]], 2),
        ([0, 3, 0, 3, 1], 5),
        ([0, 1, 1] * 200, 2),
    ]:
        places = np.array(indices)
        dout = draw.normal(*places.shape, 3)
        expected = reference.embedding_backward(dout, places, count)
        found = student.embedding_backward(dout, places, count)
        assert_close(found, expected, terms=places.size)
    places = np.array([4, 1, 4, 0, 1, 4])
    for args in draw.relatives(draw.coincident(3), places, 5):
        expected = reference.embedding_backward(*args)
        assert_close(student.embedding_backward(*args), expected, terms=3, scale=1.0)
