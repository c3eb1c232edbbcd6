from grader.checks import assert_close, one_of, points


def problems(draw):
    """Yield dout, x and W: many of each, one column, tiny and huge gradients, equal or zero rows.

    The last ones are easily taken for each other.
    """
    for n, d, k, size in [(5, 3, 4, 1), (70, 2, 3, 300), (3, 2, 70, 1e-4), (4, 1, 3, 1)]:
        yield draw.normal(n, k, scale=size), draw.normal(n, d), draw.normal(d, k)
    for size in draw.magnitudes():
        yield draw.normal(4, 2, scale=size), draw.normal(4, 3), draw.normal(3, 2)
    yield from draw.relatives(draw.normal(6, 4), draw.coincident(3), draw.normal(3, 4))


@points(2)
def test_dx(student, reference, draw):
    """The gradient with respect to the inputs is right.

    zh: 关于输入的梯度正确。
    """
    for dout, x, W in problems(draw):
        expected = reference.linear_backward(dout, x, W)
        found = one_of(student.linear_backward(dout, x, W), 0)
        assert_close(found, expected[0], terms=W.shape[1], what="dx")


@points(2)
def test_dW(student, reference, draw):
    """The gradient with respect to the weights is right.

    zh: 关于权重的梯度正确。
    """
    for dout, x, W in problems(draw):
        expected = reference.linear_backward(dout, x, W)
        found = one_of(student.linear_backward(dout, x, W), 1)
        assert_close(found, expected[1], terms=len(x), what="dW")


@points(1)
def test_db(student, reference, draw):
    """The gradient with respect to the bias is right.

    zh: 关于偏置的梯度正确。
    """
    for dout, x, W in problems(draw):
        expected = reference.linear_backward(dout, x, W)
        found = one_of(student.linear_backward(dout, x, W), 2)
        assert_close(found, expected[2], terms=len(x), what="db")
