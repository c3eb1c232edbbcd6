from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_windows_that_do_not_fit(student, reference, draw):
    """Windows that do not fit are dropped, at the right and at the bottom.

    zh: 右边和下边放不下的窗口被舍去。
    """
    for shape, size, stride in [
        ((2, 2, 5, 7), 2, 2),
        ((1, 3, 8, 6), 3, 2),
        ((2, 1, 7, 8), 3, 3),
        ((3, 2, 4, 5), 4, 2),
        ((2, 2, 5, 4), 4, 4),
        ((1, 1, 3, 3), 3, 1),
        ((40, 1, 2, 3), 2, 2),
        ((1, 40, 3, 2), 2, 2),
        ((1, 1, 60, 3), 3, 2),
        ((1, 1, 3, 61), 2, 2),
        ((1, 2, 30, 31), 11, 9),
        ((2, 3, 1, 9), 1, 2),
        ((3, 2, 8, 1), 1, 3),
    ]:
        X = draw.normal(*shape)
        expected = reference.max_pool2d(X, size, stride)
        assert_close(student.max_pool2d(X, size, stride), expected, terms=size**2, scale=2.0)


@points(1)
def test_negative_entries(student, reference, draw):
    """Images whose entries are all negative have negative maxima.

    zh: 元素全为负数的图像，最大值也是负数。
    """
    for size, stride in [(2, 2), (3, 2), (2, 1)]:
        X = draw.uniform(-9, -1, 2, 3, 6, 5)
        expected = reference.max_pool2d(X, size, stride)
        assert_close(student.max_pool2d(X, size, stride), expected)
    X = draw.uniform(-2e6, -1e6, 2, 3, 4, 5)
    expected = reference.max_pool2d(X, 2, 1)
    assert_close(student.max_pool2d(X, 2, 1), expected)


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of the images.

    zh: 结果的数据类型与图像相同。
    """
    for dtype in ("float32", "float64"):
        X = draw.normal(2, 2, 4, 5, dtype=dtype)
        expected = reference.max_pool2d(X, 2, 2)
        result = student.max_pool2d(X, 2, 2)
        assert_close(result, expected, terms=4, scale=2.0)
        assert_dtype_kept(result, dtype)


@points("0.5")
@says("state", "unchanged")
def test_images_unchanged(student, reference, draw):
    """The images are unchanged on return, and no call affects another.

    zh: 函数返回后，图像保持不变；各次调用互不影响。
    """
    X = draw.normal(2, 2, 5, 4)
    before = X.copy()
    expected = reference.max_pool2d(before, 3, 2)
    assert_close(student.max_pool2d(X, 3, 2), expected, terms=9, scale=2.0)
    assert_unchanged(X, before, "X")
    assert_no_memory(student, "max_pool2d", [draw.normal(2, 2, 5, 4), 3, 2], [before, 3, 2])
