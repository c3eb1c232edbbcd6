from grader.checks import assert_close, points


def problem(draw, n, d, h, k):
    """Draw X, y, W1, b1, W2 and b2."""
    return [
        draw.normal(n, d), draw.normal(n, k), draw.normal(d, h), draw.normal(h),
        draw.normal(h, k), draw.normal(k),
    ]  # fmt: skip


def networks(draw):
    """Yield a small network and one with large errors and units almost 0 or 1: 1 - H cancels."""
    yield problem(draw, 6, 3, 5, 2), 1.0
    X, y, W1, b1, W2, b2 = problem(draw, 70, 3, 5, 2)
    b1[::2] += 6
    b1[1::2] -= 6
    yield [X, y + 60, W1, b1, W2, b2], 500.0


@points(2)
def test_dW1(student, reference, draw):
    """The gradient with respect to the weights of the hidden layer is right.

    zh: 关于隐藏层权重的梯度正确。
    """
    for arrays, condition in networks(draw):
        expected = reference.mlp_backward(*arrays)
        found = student.mlp_backward(*arrays)[0]
        assert_close(found, expected[0], terms=2 * len(arrays[0]), condition=condition, what="dW1")


@points(1)
def test_db1(student, reference, draw):
    """The gradient with respect to the bias of the hidden layer is right.

    zh: 关于隐藏层偏置的梯度正确。
    """
    for arrays, condition in networks(draw):
        expected = reference.mlp_backward(*arrays)
        found = student.mlp_backward(*arrays)[1]
        assert_close(found, expected[1], terms=2 * len(arrays[0]), condition=condition, what="db1")


@points(2)
def test_dW2(student, reference, draw):
    """The gradient with respect to the weights of the output layer is right.

    zh: 关于输出层权重的梯度正确。
    """
    for arrays, condition in networks(draw):
        expected = reference.mlp_backward(*arrays)
        found = student.mlp_backward(*arrays)[2]
        assert_close(found, expected[2], terms=2 * len(arrays[0]), condition=condition, what="dW2")


@points(1)
def test_db2(student, reference, draw):
    """The gradient with respect to the bias of the output layer is right.

    zh: 关于输出层偏置的梯度正确。
    """
    for arrays, condition in networks(draw):
        expected = reference.mlp_backward(*arrays)
        found = student.mlp_backward(*arrays)[3]
        assert_close(found, expected[3], terms=2 * len(arrays[0]), condition=condition, what="db2")
