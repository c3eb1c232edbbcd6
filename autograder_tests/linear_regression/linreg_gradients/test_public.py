from grader.checks import assert_close, points


def problem(reference, draw, n, d):
    """Return arguments of linreg_gradients and both true gradients, by central differences.

    The derivative of the summed loss by a prediction is its error: what is drawn as the error is
    the cotangent of the model, and the labels follow from it.
    """
    X, w, b = draw.normal(n, d), draw.normal(d, 1), draw.uniform(1, 2, 1)
    error = draw.uniform(0.5, 2, n, 1) * draw.cast([[1], [1], [-1]] * n)[:n]
    y = draw.cast(reference.linreg(X, w, b) - error)
    _, dw, db = reference.vjp("linreg", [X, w, b], error)
    return [X, w, b, y], dw, db


@points(2)
def test_weights(student, reference, draw):
    """The gradient of the summed loss with respect to the weights is right.

    zh: 求和后的损失关于权重的梯度正确。
    """
    args, dw, _ = problem(reference, draw, 7, 3)
    result = student.linreg_gradients(*args)
    assert_close(result[0], dw, terms=7, condition=4, what="dw")


@points(2)
def test_bias(student, reference, draw):
    """The gradient of the summed loss with respect to the bias is right, of shape (1,).

    zh: 求和后的损失关于偏置的梯度正确，形状为(1,)。
    """
    args, _, db = problem(reference, draw, 7, 3)
    result = student.linreg_gradients(*args)
    assert_close(result[1], db, terms=7, condition=4, what="db")
