from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_large_images(student, reference, draw):
    """Images and kernels may be large.

    zh: 图像和卷积核可以很大。
    """
    for image, kernel in [((24, 5), (17, 2)), ((3, 40), (2, 7)), ((13, 13), (9, 9))]:
        X, K = draw.normal(*image), draw.normal(*kernel)
        expected = reference.corr2d(X, K)
        assert_close(student.corr2d(X, K), expected, terms=K.size)


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of the arguments.

    zh: 结果的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        X, K = draw.normal(4, 5, dtype=dtype), draw.normal(2, 3, dtype=dtype)
        expected = reference.corr2d(X, K)
        result = student.corr2d(X, K)
        assert_close(result, expected, terms=6, scale=2.0)
        assert_dtype_kept(result, dtype)


@points("0.5")
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """Image and kernel are unchanged on return, and no call affects another.

    zh: 函数返回后，图像和卷积核保持不变；各次调用互不影响。
    """
    X, K = draw.normal(5, 4), draw.normal(2, 3)
    before = X.copy(), K.copy()
    expected = reference.corr2d(*before)
    assert_close(student.corr2d(X, K), expected, terms=6, scale=2.0)
    for array, old, name in zip((X, K), before, ("X", "K"), strict=True):
        assert_unchanged(array, old, name)
    assert_no_memory(student, "corr2d", [draw.normal(5, 4), draw.normal(2, 3)], list(before))
