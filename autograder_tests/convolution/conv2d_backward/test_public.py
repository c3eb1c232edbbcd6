from grader.checks import assert_close, points


def problems(draw):
    """Yield dout, X and W: gradients of any size; many images and channels, or few pixels;
    images that coincide.

    The last ones are easily taken for each other.
    """
    # small, as the gradients of a mean loss are, and smaller
    for size in (0.01, *draw.magnitudes()):
        dout = draw.normal(2, 4, 4, 3, scale=size)
        yield dout, draw.normal(2, 3, 5, 5), draw.normal(4, 3, 2, 3)
    yield draw.normal(40, 12, 2, 2), draw.normal(40, 2, 3, 4), draw.normal(12, 2, 2, 3)
    # one row, one column, and a kernel as large as the image
    for height, width, kh, kw in [(1, 5, 1, 3), (4, 1, 2, 1), (2, 3, 2, 3)]:
        dout = draw.normal(3, 4, height - kh + 1, width - kw + 1)
        yield dout, draw.normal(3, 2, height, width), draw.normal(4, 2, kh, kw)
    dout = draw.normal(6, 3, 2, 2)
    yield from draw.relatives(dout, draw.coincident(2, 3, 4), draw.normal(3, 2, 2, 3))


@points(1)
def test_dX(student, reference, draw):
    """With the default stride and padding, the gradient with respect to the images is right.

    zh: 使用默认的步幅和填充时，关于图像的梯度正确。
    """
    for dout, X, W in problems(draw):
        expected = reference.conv2d_backward(dout, X, W)
        found = student.conv2d_backward(dout, X, W)
        terms = 6 * len(W)
        assert_close(found[0], expected[0], terms=terms, what="dX")


@points(1)
def test_dW(student, reference, draw):
    """With the default stride and padding, the gradient with respect to the kernels is right.

    zh: 使用默认的步幅和填充时，关于卷积核的梯度正确。
    """
    for dout, X, W in problems(draw):
        expected = reference.conv2d_backward(dout, X, W)
        found = student.conv2d_backward(dout, X, W)
        terms = dout[:, 0].size
        assert_close(found[1], expected[1], terms=terms, what="dW")


@points(1)
def test_db(student, reference, draw):
    """The gradient with respect to the bias is right.

    zh: 关于偏置的梯度正确。
    """
    for dout, X, W in problems(draw):
        expected = reference.conv2d_backward(dout, X, W)
        found = student.conv2d_backward(dout, X, W)
        assert_close(found[2], expected[2], terms=dout[:, 0].size, what="db")


@points(1)
def test_dX_with_padding(student, reference, draw):
    """With padding, the gradient with respect to the images is right and has their shape.

    zh: 有填充时，关于图像的梯度正确，且形状与图像相同。
    """
    for padding in (1, 2):
        dout = draw.normal(2, 3, 2 + 2 * padding, 4 + 2 * padding)
        X, W = draw.normal(2, 2, 4, 5), draw.normal(3, 2, 3, 2)
        expected = reference.conv2d_backward(dout, X, W, 1, padding)
        found = student.conv2d_backward(dout, X, W, 1, padding)
        assert_close(found[0], expected[0], terms=24, what="dX")


@points(1)
def test_dW_with_padding(student, reference, draw):
    """With padding, the gradient with respect to the kernels is right.

    zh: 有填充时，关于卷积核的梯度正确。
    """
    for padding in (1, 2):
        dout = draw.normal(2, 3, 2 + 2 * padding, 4 + 2 * padding)
        X, W = draw.normal(2, 2, 4, 5), draw.normal(3, 2, 3, 2)
        expected = reference.conv2d_backward(dout, X, W, 1, padding)
        found = student.conv2d_backward(dout, X, W, 1, padding)
        assert_close(found[1], expected[1], terms=64, what="dW")
