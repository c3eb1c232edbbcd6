from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(2)
def test_left_over(student, reference, draw):
    """A window that does not fit into the padded image is left out.

    zh: 填充后的图像中放不下的窗口将被舍去。
    """
    for height, width, kh, kw, stride, padding in [
        (6, 7, 3, 2, 2, 0),
        (5, 8, 2, 3, 3, 1),
        (7, 8, 2, 4, 3, 0),
        (6, 6, 3, 3, 2, 2),
        (5, 6, 1, 1, 3, 0),
        (11, 12, 4, 5, 3, 1),
        (9, 8, 2, 2, 4, 3),
        # kernels of one pixel, and of the whole image
        (4, 5, 1, 1, 1, 1),
        (5, 4, 1, 1, 2, 2),
        (4, 5, 4, 5, 1, 1),
    ]:
        X, W, b = draw.normal(3, 2, height, width), draw.normal(4, 2, kh, kw), draw.normal(4)
        expected = reference.conv2d(X, W, b, stride, padding)
        assert_close(student.conv2d(X, W, b, stride, padding), expected, terms=41)


@points(1)
@says("call")
def test_keywords(student, reference, draw):
    """Stride and padding may be given by keyword, in any order, or left out.

    zh: 步幅和填充可以按关键字以任意顺序给出，也可以省略。
    """
    X, W, b = draw.normal(2, 2, 6, 5), draw.normal(3, 2, 2, 3), draw.normal(3)
    expected = [
        reference.conv2d(X, W, b, stride, padding) for stride, padding in [(2, 1), (2, 0), (1, 1)]
    ]
    assert_close(student.conv2d(X, W, b, padding=1, stride=2), expected[0], terms=13)
    assert_close(student.conv2d(X, W, b, stride=2), expected[1], terms=13)
    assert_close(student.conv2d(X, W, b, padding=1), expected[2], terms=13)


@points(1)
def test_extreme_sizes(student, reference, draw):
    """One example, one channel, a kernel as large as the image or of size 1 are nothing special.

    zh: 单个样本、单个通道、与图像同样大的卷积核或1×1卷积核，都不是特例。
    """
    for n, c_in, c_out, height, width, kh, kw in [
        (1, 1, 1, 3, 4, 3, 4),
        (1, 2, 1, 4, 3, 1, 1),
        (3, 3, 3, 5, 5, 3, 3),
        (2, 2, 3, 1, 5, 1, 2),
        (2, 3, 2, 4, 1, 3, 1),
    ]:
        X = draw.normal(n, c_in, height, width)
        W, b = draw.normal(c_out, c_in, kh, kw), draw.normal(c_out)
        expected = reference.conv2d(X, W, b)
        # a single output may be close to 0, but its summands are not
        assert_close(student.conv2d(X, W, b), expected, terms=28, scale=1.0)


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of the arguments.

    zh: 结果的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        X, W = draw.normal(2, 2, 5, 4, dtype=dtype), draw.normal(3, 2, 3, 2, dtype=dtype)
        b = draw.normal(3, dtype=dtype)
        expected = reference.conv2d(X, W, b)
        found = student.conv2d(X, W, b)
        assert_dtype_kept(found, dtype)
        assert_close(found, expected, terms=13)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """None of the arguments is changed, and no call affects another.

    zh: 所有参数都保持不变；各次调用互不影响。
    """
    X, W, b = draw.normal(2, 2, 4, 4), draw.normal(2, 2, 3, 3), draw.normal(2)
    before = X.copy(), W.copy(), b.copy()
    expected = reference.conv2d(X, W, b)
    assert_close(student.conv2d(X, W, b), expected, terms=19)
    for array, old, name in zip((X, W, b), before, ("X", "W", "b"), strict=True):
        assert_unchanged(array, old, name)
    first = [draw.normal(*array.shape) for array in before]
    assert_no_memory(student, "conv2d", first, before)
