import numpy as np

from grader.checks import points

from .tables import assert_standardized, tables


@points(2)
def test_values(student, reference, draw):
    """Both tables lose the training set's mean, and are divided by its deviation.

    zh: 两个表都减去训练集的均值，并除以训练集的标准差。
    """
    for n, m, d in [(6, 4, 3), (4, 4, 4), (3, 5, 1), (2, 1, 2), (70, 3, 2), (5, 2, 40)]:
        for dtype in (None, "float64"):
            train, test = tables(draw, n, m, d, dtype)
            expected = reference.standardize(train, test)
            assert_standardized(student.standardize(train, test), expected)
    # columns of two values, of whole numbers, or between 0 and 1 are nothing special
    train, test = tables(draw, 6, 4, 3)
    train[:, 0], train[:, 1], train[:, 2] = np.arange(6) % 2, np.arange(6), np.arange(6) / 10
    expected = reference.standardize(train, test)
    assert_standardized(student.standardize(train, test), expected)


@points(1)
def test_constant_columns(student, reference, draw):
    """A column that is constant in the training set is centred, and divided by 1.

    zh: 在训练集中为常数的列只做中心化，除以1。
    """
    train, test = tables(draw, 4, 3, 4)
    train[:, 1], train[:, 2] = 3.5, 0
    for few in (train, train[:1], train[:, 1:3]):
        new = test[:, : few.shape[1]]
        expected = reference.standardize(few, new)
        assert_standardized(student.standardize(few, new), expected)
    train, test = tables(draw, 4, 3, 2)
    test[:] = test[0]  # only the training set matters
    expected = reference.standardize(train, test)
    assert_standardized(student.standardize(train, test), expected)
