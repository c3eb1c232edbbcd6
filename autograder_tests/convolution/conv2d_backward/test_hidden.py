from grader.checks import (
    assert_backward,
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


def strided(draw):
    """Yield dout, X, W, stride and padding where windows and image do not tile."""
    for height, width, kh, kw, stride, padding in [
        (6, 7, 3, 2, 2, 0),
        (5, 8, 2, 3, 3, 1),
        (7, 6, 1, 2, 3, 0),
        (6, 6, 3, 3, 2, 2),
        (2, 4, 4, 2, 2, 3),
        (11, 12, 4, 5, 3, 1),
        # windows side by side, with rows left over; kernels of one pixel, and of all
        (5, 7, 2, 2, 2, 0),
        (3, 4, 1, 1, 1, 1),
        (4, 3, 1, 1, 2, 2),
        (3, 4, 3, 4, 1, 1),
    ]:
        rows = (height + 2 * padding - kh) // stride + 1
        cols = (width + 2 * padding - kw) // stride + 1
        X, W = draw.normal(3, 2, height, width), draw.normal(4, 2, kh, kw)
        yield draw.normal(3, 4, rows, cols), X, W, stride, padding


@points(2)
def test_dX_with_stride(student, reference, draw):
    """With a stride, the gradient with respect to the images is right, and 0 where no window was.

    zh: 有步幅时，关于图像的梯度正确，没有窗口覆盖的位置为0。
    """
    for arguments in strided(draw):
        expected = reference.conv2d_backward(*arguments)
        found = student.conv2d_backward(*arguments)
        assert_close(found[0], expected[0], terms=36, what="dX")


@points(2)
def test_dW_with_stride(student, reference, draw):
    """With a stride, the gradient with respect to the kernels is right.

    zh: 有步幅时，关于卷积核的梯度正确。
    """
    for arguments in strided(draw):
        expected = reference.conv2d_backward(*arguments)
        found = student.conv2d_backward(*arguments)
        assert_close(found[1], expected[1], terms=45, what="dW")


@points(1)
def test_central_differences(student, reference, draw):
    """All three gradients agree with central differences of the layer.

    zh: 三个梯度都与卷积层的中心差分一致。
    """
    for n, c_in, c_out, height, width, kh, kw, stride, padding in [
        (2, 2, 2, 3, 3, 2, 2, 1, 0),
        (2, 1, 3, 5, 4, 1, 1, 2, 0),
        (1, 3, 1, 4, 5, 3, 2, 2, 1),
    ]:
        rows = (height + 2 * padding - kh) // stride + 1
        cols = (width + 2 * padding - kw) // stride + 1
        # of one sign, so that no gradient cancels to almost nothing
        dout = draw.uniform(0.2, 2.0, n, c_out, rows, cols)
        X, W = draw.normal(n, c_in, height, width), draw.normal(c_out, c_in, kh, kw)
        b = draw.normal(c_out)
        assert_backward(
            student, reference, "conv2d_backward", [dout, X, W, stride, padding],
            forward="conv2d", at=[X, W, b, stride, padding], cotangent=dout,
            names=["dX", "dW", "db"], terms=18,
        )  # fmt: skip


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The gradients have the dtype of the arguments.

    zh: 梯度的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        dout, X = draw.normal(2, 3, 3, 3, dtype=dtype), draw.normal(2, 2, 5, 4, dtype=dtype)
        W = draw.normal(3, 2, 3, 2, dtype=dtype)
        expected = reference.conv2d_backward(dout, X, W)
        found = student.conv2d_backward(dout, X, W)
        for gradient, name in zip(found, ("dX", "dW", "db"), strict=True):
            assert_dtype_kept(gradient, dtype, name)
        # one value is enough here, so that a wrong dX or dW costs its own points only
        assert_close(found[2], expected[2], terms=18, what="db")


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """None of the arguments is changed, and no call affects another.

    zh: 所有参数都保持不变；各次调用互不影响。
    """
    dout, X, W = draw.normal(2, 2, 3, 3), draw.normal(2, 2, 4, 4), draw.normal(2, 2, 2, 2)
    before = dout.copy(), X.copy(), W.copy()
    expected = reference.conv2d_backward(dout, X, W)
    found = student.conv2d_backward(dout, X, W)
    assert_close(found[2], expected[2], terms=18, what="db")
    for array, old, name in zip((dout, X, W), before, ("dout", "X", "W"), strict=True):
        assert_unchanged(array, old, name)
    first = [draw.normal(*array.shape) for array in before]
    assert_no_memory(student, "conv2d_backward", first, before)
