from grader.checks import assert_close, points


@points(2)
def test_dx(student, reference, draw):
    """The gradient with respect to the inputs is right.

    zh: 关于输入的梯度正确。
    """
    dout, x, W = draw.normal(5, 4), draw.normal(5, 3), draw.normal(3, 4)
    expected = reference.linear_backward(dout, x, W)
    assert_close(student.linear_backward(dout, x, W)[0], expected[0], terms=4, what="dx")


@points(2)
def test_dW(student, reference, draw):
    """The gradient with respect to the weights is right.

    zh: 关于权重的梯度正确。
    """
    dout, x, W = draw.normal(5, 4), draw.normal(5, 3), draw.normal(3, 4)
    expected = reference.linear_backward(dout, x, W)
    assert_close(student.linear_backward(dout, x, W)[1], expected[1], terms=5, what="dW")


@points(1)
def test_db(student, reference, draw):
    """The gradient with respect to the bias is right.

    zh: 关于偏置的梯度正确。
    """
    dout, x, W = draw.normal(5, 4), draw.normal(5, 3), draw.normal(3, 4)
    expected = reference.linear_backward(dout, x, W)
    assert_close(student.linear_backward(dout, x, W)[2], expected[2], terms=5, what="db")
