from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Every output sums over the window and all channels, and has its channel's bias.

    zh: 每个输出是窗口内所有通道的加权和，再加上所在输出通道的偏置。
    """
    for n, c_in, c_out, height, width, kh, kw in [
        (2, 3, 4, 5, 7, 2, 3),
        (2, 9, 3, 4, 3, 2, 2),
        (17, 2, 20, 3, 3, 2, 2),
        (2, 2, 3, 5, 4, 1, 3),
        (2, 2, 3, 4, 5, 3, 1),
        (1, 2, 3, 70, 4, 2, 3),
        (1, 2, 3, 4, 70, 2, 3),
    ]:
        X, W = draw.normal(n, c_in, height, width), draw.normal(c_out, c_in, kh, kw)
        b = draw.normal(c_out)
        expected = reference.conv2d(X, W, b)
        assert_close(student.conv2d(X, W, b), expected, terms=c_in * kh * kw + 1)
    # images that coincide or are 0, and arguments that are easily taken for earlier ones
    for args in draw.relatives(draw.coincident(2, 4, 3), draw.normal(3, 2, 3, 2), draw.normal(3)):
        assert_close(student.conv2d(*args), reference.conv2d(*args), terms=13)


@points(1)
def test_padding(student, reference, draw):
    """Zeros surround the image on all four sides.

    zh: 图像的四周都用零填充。
    """
    for height, padding in [(4, 1), (4, 3), (2, 1), (1, 2)]:
        X, W, b = draw.normal(2, 2, height, 5), draw.normal(3, 2, 3, 2), draw.normal(3)
        expected = reference.conv2d(X, W, b, 1, padding)
        assert_close(student.conv2d(X, W, b, 1, padding), expected, terms=13)


@points(1)
def test_stride(student, reference, draw):
    """The window moves by the stride, down as well as to the right.

    zh: 窗口向下和向右都按步幅移动。
    """
    X, W, b = draw.normal(2, 2, 5, 8), draw.normal(3, 2, 3, 2), draw.normal(3)
    expected = reference.conv2d(X, W, b, 2, 0)
    assert_close(student.conv2d(X, W, b, 2, 0), expected, terms=13)
