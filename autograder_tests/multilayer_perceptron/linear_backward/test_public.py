from grader.checks import assert_close, points


@points(2)
def test_dx(student, reference, draw):
    """The gradient with respect to the inputs is right.

    zh: 关于输入的梯度正确。
    """
    for n, d, k, size in [(5, 3, 4, 1), (70, 2, 3, 300), (3, 2, 70, 1e-4)]:
        dout, x, W = draw.normal(n, k, scale=size), draw.normal(n, d), draw.normal(d, k)
        expected = reference.linear_backward(dout, x, W)
        found = student.linear_backward(dout, x, W)[0]
        assert_close(found, expected[0], terms=k, what="dx")


@points(2)
def test_dW(student, reference, draw):
    """The gradient with respect to the weights is right.

    zh: 关于权重的梯度正确。
    """
    for n, d, k, size in [(5, 3, 4, 1), (70, 2, 3, 300), (3, 2, 70, 1e-4)]:
        dout, x, W = draw.normal(n, k, scale=size), draw.normal(n, d), draw.normal(d, k)
        expected = reference.linear_backward(dout, x, W)
        found = student.linear_backward(dout, x, W)[1]
        assert_close(found, expected[1], terms=n, what="dW")


@points(1)
def test_db(student, reference, draw):
    """The gradient with respect to the bias is right.

    zh: 关于偏置的梯度正确。
    """
    for n, d, k, size in [(5, 3, 4, 1), (70, 2, 3, 300), (3, 2, 70, 1e-4)]:
        dout, x, W = draw.normal(n, k, scale=size), draw.normal(n, d), draw.normal(d, k)
        expected = reference.linear_backward(dout, x, W)
        found = student.linear_backward(dout, x, W)[2]
        assert_close(found, expected[2], terms=n, what="db")
