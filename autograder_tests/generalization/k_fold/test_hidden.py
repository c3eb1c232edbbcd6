from grader.checks import assert_dtype_kept, assert_unchanged, points, says

from .splits import NAMES, assert_split


@points(1)
def test_any_axes(student, reference, draw):
    """Examples may be numbers, rows or images, and labels numbers, rows or classes.

    zh: 样本可以是数、行或图像，标签可以是数、行或类别。
    """
    for X_shape, y_shape, k in [
        ((8,), (8,), 4), ((7, 1), (7, 1), 3), ((6, 2, 3, 3), (6, 2), 3), ((4, 4), (4, 4), 2),
        ((2, 3), (2,), 2), ((300, 1), (300, 1), 7),
    ]:  # fmt: skip
        X, y = draw.normal(*X_shape), draw.normal(*y_shape)
        for i in (0, 1):
            expected = reference.k_fold(k, i, X, y)
            assert_split(student.k_fold(k, i, X, y), expected)
    X, y = draw.normal(9, 2), draw.labels(9, 5)
    X[4] = X[0]  # examples that are equal are still two
    y[4] = y[0]
    for i in range(4):
        expected = reference.k_fold(4, i, X, y)
        assert_split(student.k_fold(4, i, X, y), expected)


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """All parts have the dtypes of the data.

    zh: 各部分的数据类型与数据相同。
    """
    for dtype in ("float32", "float64"):
        X, y = draw.normal(7, 2, dtype=dtype), draw.normal(7, 1, dtype=dtype)
        expected = reference.k_fold(3, 1, X, y)
        found = student.k_fold(3, 1, X, y)
        assert_split(found, expected)
        for name, part in zip(NAMES, found, strict=True):
            assert_dtype_kept(part, dtype, name)


@points("0.5")
@says("unchanged")
def test_data_unchanged(student, reference, draw):
    """The data are unchanged on return.

    zh: 函数返回后，数据保持不变。
    """
    X, y = draw.normal(8, 2), draw.normal(8, 1)
    before = X.copy(), y.copy()
    for i in (0, 2):
        expected = reference.k_fold(3, i, *before)
        assert_split(student.k_fold(3, i, X, y), expected)
        assert_unchanged(X, before[0], "X")
        assert_unchanged(y, before[1], "y")
