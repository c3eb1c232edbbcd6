import numpy as np

from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Each index becomes the row of W with that number, once or more often.

    zh: 每个索引变为`W`中该编号的行，无论它出现一次还是多次。
    """
    for indices, d in [([2, 0, 3, 0], 3), ([[4, 1, 1], [0, 4, 2]], 2), ([0, 1, 2, 3, 4], 5)]:
        places, W = np.array(indices), draw.normal(5, d)
        expected = reference.embedding(places, W)
        assert_close(student.embedding(places, W), expected)
    places = np.array([[5, 0, 3], [3, 5, 1]])
    for args in draw.relatives(places, draw.coincident(4)):
        expected = reference.embedding(*args)
        assert_close(student.embedding(*args), expected)
