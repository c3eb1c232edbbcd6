from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Each entry is the sum of the products of kernel and window; the kernel is not flipped.

    zh: 每个元素都是卷积核与窗口逐元素相乘之和；卷积核不翻转。
    """
    for image, kernel, dtype in [((6, 8), (3, 2), None), ((5, 5), (2, 2), "float64")]:
        X, K = draw.normal(*image, dtype=dtype), draw.normal(*kernel, dtype=dtype)
        expected = reference.corr2d(X, K)
        assert_close(student.corr2d(X, K), expected, terms=K.size, scale=2.0)
    X, K = draw.cast([[0, 1, 2], [3, 4, 5], [6, 7, 8]]), draw.cast([[0, 1], [2, 3]])
    expected = reference.corr2d(X, K)
    assert_close(student.corr2d(X, K), expected, terms=4)
    for size in draw.magnitudes():
        X, K = draw.normal(4, 5, scale=size, dtype="float64"), draw.normal(2, 3, dtype="float64")
        expected = reference.corr2d(X, K)
        assert_close(student.corr2d(X, K), expected, terms=6)
    for args in draw.relatives(draw.coincident(5), draw.normal(2, 3)):
        expected = reference.corr2d(*args)
        assert_close(student.corr2d(*args), expected, terms=6, scale=2.0)


@points(1)
def test_kernels_of_any_shape(student, reference, draw):
    """Kernels may be wide, tall, of one entry, or as large as the image.

    zh: 卷积核可以是宽的、高的、只有一个元素，或者与图像一样大。
    """
    for image, kernel in [
        ((4, 7), (1, 3)), ((7, 4), (3, 1)), ((3, 5), (1, 1)), ((4, 3), (4, 3)), ((5, 6), (5, 2)),
        ((4, 6), (2, 6)), ((1, 4), (1, 2)), ((4, 1), (2, 1)), ((1, 1), (1, 1)),
    ]:  # fmt: skip
        X, K = draw.normal(*image), draw.normal(*kernel)
        expected = reference.corr2d(X, K)
        assert_close(student.corr2d(X, K), expected, terms=K.size, scale=2.0)
