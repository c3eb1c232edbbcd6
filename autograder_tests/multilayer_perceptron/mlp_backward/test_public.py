from grader.checks import assert_close, points


def problem(draw, n, d, h, k):
    """Draw X, y, W1, b1, W2 and b2."""
    return [
        draw.normal(n, d), draw.normal(n, k), draw.normal(d, h), draw.normal(h),
        draw.normal(h, k), draw.normal(k),
    ]  # fmt: skip


@points(2)
def test_dW1(student, reference, draw):
    """The gradient with respect to the weights of the hidden layer is right.

    zh: 关于隐藏层权重的梯度正确。
    """
    arrays = problem(draw, 6, 3, 5, 2)
    expected = reference.mlp_backward(*arrays)
    assert_close(student.mlp_backward(*arrays)[0], expected[0], terms=12, what="dW1")


@points(1)
def test_db1(student, reference, draw):
    """The gradient with respect to the bias of the hidden layer is right.

    zh: 关于隐藏层偏置的梯度正确。
    """
    arrays = problem(draw, 6, 3, 5, 2)
    expected = reference.mlp_backward(*arrays)
    assert_close(student.mlp_backward(*arrays)[1], expected[1], terms=12, what="db1")


@points(2)
def test_dW2(student, reference, draw):
    """The gradient with respect to the weights of the output layer is right.

    zh: 关于输出层权重的梯度正确。
    """
    arrays = problem(draw, 6, 3, 5, 2)
    expected = reference.mlp_backward(*arrays)
    assert_close(student.mlp_backward(*arrays)[2], expected[2], terms=12, what="dW2")


@points(1)
def test_db2(student, reference, draw):
    """The gradient with respect to the bias of the output layer is right.

    zh: 关于输出层偏置的梯度正确。
    """
    arrays = problem(draw, 6, 3, 5, 2)
    expected = reference.mlp_backward(*arrays)
    assert_close(student.mlp_backward(*arrays)[3], expected[3], terms=12, what="db2")
