import numpy as np

from grader.checks import assert_close, one_of, points


def problem(draw, n, d, h, k, dtype=None):
    """Draw X, y, W1, b1, W2 and b2."""
    shapes = [(n, d), (n, k), (d, h), (h,), (h, k), (k,)]
    return [draw.normal(*shape, dtype=dtype) for shape in shapes]


def networks(draw):
    """Yield small networks, and such with large errors and units almost 0 or 1: 1 - H cancels.

    With each comes its condition. The small ones are easily taken for each other.
    """
    for arrays in draw.relatives(*problem(draw, 6, 3, 5, 2)):
        yield arrays, 1.0
    # one input, or one hidden unit; errors of one sign, so that no gradient cancels
    for sizes in [(6, 1, 4, 2), (6, 3, 1, 2)]:
        X, y, W1, b1, W2, b2 = problem(draw, *sizes)
        yield [X, y + 9, W1, b1, np.abs(W2), b2], 1.0
    for near, condition, dtype in [(6, 500.0, None), (10, 3e4, "float64")]:
        X, y, W1, b1, W2, b2 = problem(draw, 70, 3, 5, 2, dtype)
        b1[::2] += near
        b1[1::2] -= near
        yield [X, y + 60, W1, b1, W2, b2], condition


@points(2)
def test_dW1(student, reference, draw):
    """The gradient with respect to the weights of the hidden layer is right.

    zh: 关于隐藏层权重的梯度正确。
    """
    for arrays, condition in networks(draw):
        expected = reference.mlp_backward(*arrays)
        found = one_of(student.mlp_backward(*arrays), 0)
        assert_close(found, expected[0], terms=2 * len(arrays[0]), condition=condition, what="dW1")


@points(1)
def test_db1(student, reference, draw):
    """The gradient with respect to the bias of the hidden layer is right.

    zh: 关于隐藏层偏置的梯度正确。
    """
    for arrays, condition in networks(draw):
        expected = reference.mlp_backward(*arrays)
        found = one_of(student.mlp_backward(*arrays), 1)
        assert_close(found, expected[1], terms=2 * len(arrays[0]), condition=condition, what="db1")


@points(2)
def test_dW2(student, reference, draw):
    """The gradient with respect to the weights of the output layer is right.

    zh: 关于输出层权重的梯度正确。
    """
    for arrays, _condition in networks(draw):
        expected = reference.mlp_backward(*arrays)
        found = one_of(student.mlp_backward(*arrays), 2)
        assert_close(found, expected[2], terms=2 * len(arrays[0]), what="dW2")


@points(1)
def test_db2(student, reference, draw):
    """The gradient with respect to the bias of the output layer is right.

    zh: 关于输出层偏置的梯度正确。
    """
    for arrays, _condition in networks(draw):
        expected = reference.mlp_backward(*arrays)
        found = one_of(student.mlp_backward(*arrays), 3)
        assert_close(found, expected[3], terms=2 * len(arrays[0]), what="db2")
