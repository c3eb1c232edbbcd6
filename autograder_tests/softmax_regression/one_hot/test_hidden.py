import numpy as np

from grader.checks import assert_close, assert_no_memory, assert_unchanged, points, says


@points(1)
def test_classes_that_do_not_occur(student, reference, draw):
    """There is a column for each class, also for those that do not occur.

    zh: 每个类别占一列，没有出现的类别也不例外。
    """
    for labels, k in [([0, 1, 1], 5), ([2], 4), ([1, 3, 3, 1], 4), ([0, 0], 2), ([6, 5], 7)]:
        y = np.array(labels)
        expected = reference.one_hot(y, k)
        assert_close(student.one_hot(y, k), expected)


@points(1)
@says("state", "unchanged")
def test_labels_unchanged(student, reference, draw):
    """The labels are unchanged on return, and no call affects another.

    zh: 函数返回后，标签保持不变；各次调用互不影响。
    """
    y = np.array([2, 0, 1, 2])
    before = y.copy()
    expected = reference.one_hot(before, 3)
    assert_close(student.one_hot(y, 3), expected)
    assert_unchanged(y, before, "labels")
    assert_no_memory(student, "one_hot", [np.array([0, 1, 0, 1]), 3], [before, 3])
