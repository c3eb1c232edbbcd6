from grader.checks import assert_close, points


def arguments(draw, n, d, scale=1.0, dtype=None):
    """Return dout, X and gamma; each feature has a scale of its own."""
    scales = draw.uniform(0.5, 2, d, dtype=dtype)
    return [
        draw.normal(n, d, dtype=dtype),
        (draw.normal(n, d, dtype=dtype) * scales * scale + scales).astype(scales.dtype),
        draw.away_from_zero(d, gap=0.3, dtype=dtype),
    ]


def problems(draw):
    """Yield dout, X, gamma: some sizes, gradients of any magnitude, batches that coincide."""
    for n, d, dtype in [(6, 4, None), (3, 5, "float64"), (4, 4, None)]:
        yield arguments(draw, n, d, dtype=dtype)
    for size in draw.magnitudes():
        dout, X, gamma = arguments(draw, 5, 3, dtype="float64")
        yield [size * dout, X, gamma]
    dout, _X, gamma = arguments(draw, 6, 3)
    X = draw.coincident(3)
    X[:, 0] = X[:, 1] + draw.normal(6)
    yield from draw.relatives(dout, X, gamma)


@points(4)
def test_dX(student, reference, draw):
    """The gradient with respect to X is right; it goes through mean and variance, too.

    zh: 关于`X`的梯度正确，其中也包括经过均值和方差的部分。
    """
    for args in problems(draw):
        expected = reference.batch_norm_backward(*args)
        found = student.batch_norm_backward(*args)
        terms = len(args[0])
        assert_close(found[0], expected[0], terms=terms, condition=10, what="dX")


@points(1)
def test_dgamma(student, reference, draw):
    """The gradient with respect to gamma is right.

    zh: 关于`gamma`的梯度正确。
    """
    for args in problems(draw):
        expected = reference.batch_norm_backward(*args)
        found = student.batch_norm_backward(*args)
        terms = len(args[0])
        assert_close(found[1], expected[1], terms=terms, condition=10, what="dgamma")


@points(1)
def test_dbeta(student, reference, draw):
    """The gradient with respect to beta is right.

    zh: 关于`beta`的梯度正确。
    """
    for args in problems(draw):
        expected = reference.batch_norm_backward(*args)
        found = student.batch_norm_backward(*args)
        terms = len(args[0])
        assert_close(found[2], expected[2], terms=terms, condition=10, what="dbeta")
