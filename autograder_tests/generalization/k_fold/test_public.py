from grader.checks import points

from .splits import assert_split


@points(2)
def test_folds(student, reference, draw):
    """One fold is held back for validation, and all others, in their order, are for training.

    zh: 留出一折用于验证，其余各折保持原来的顺序，用于训练。
    """
    for n, k in [(12, 3), (6, 2), (5, 5), (20, 4)]:
        X, y = draw.normal(n, 3), draw.normal(n, 1)
        for i in range(k):
            expected = reference.k_fold(k, i, X, y)
            assert_split(student.k_fold(k, i, X, y), expected)


@points(1)
def test_remainder_is_dropped(student, reference, draw):
    """Rows that do not fill a fold are in neither part.

    zh: 凑不满一折的行不属于任何一部分。
    """
    for n, k in [(11, 3), (7, 4), (5, 2), (9, 5), (103, 10)]:
        X, y = draw.normal(n, 2), draw.normal(n)
        for i in (0, k // 2, k - 1):
            expected = reference.k_fold(k, i, X, y)
            assert_split(student.k_fold(k, i, X, y), expected)
