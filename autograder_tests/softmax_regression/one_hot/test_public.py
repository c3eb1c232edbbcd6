import numpy as np

from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """There is a row for each label, with a one at its class and zeros elsewhere.

    zh: 每个标签占一行，其类别处为1，其余各处为0。
    """
    for labels, k in [([2, 0, 1, 1, 0], 3), ([3, 1, 3, 0, 2], 4)]:
        y = np.array(labels)
        expected = reference.one_hot(y, k)
        assert_close(student.one_hot(y, k), expected)
    for n, k in draw.sizes(2, 70):
        y = draw.labels(n, k)
        expected = reference.one_hot(y, k)
        assert_close(student.one_hot(y, k), expected)
