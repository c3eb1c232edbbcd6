from grader.checks import assert_close, points, says


def network(draw, d, h, k, dtype=None):
    """Draw W1, b1, W2 and b2; hidden inputs stay moderate."""
    return [
        draw.normal(d, h, scale=d**-0.5, dtype=dtype),
        *(draw.normal(*shape, dtype=dtype) for shape in [(h,), (h, k), (k,)]),
    ]


@points(2)
def test_values(student, reference, draw):
    """The network computes what its formula says.

    zh: 网络的输出与公式一致。
    """
    X, parameters = draw.normal(6, 3), network(draw, 3, 5, 2)
    expected = reference.mlp_forward(X, *parameters)
    assert_close(student.mlp_forward(X, *parameters), expected, terms=6)
    # many of everything; one input; hidden units that are almost 0 or 1
    for n, d, h, k, dtype in [
        (70, 3, 5, 2, "float64"),
        (2, 3, 70, 4, None),
        (6, 1, 4, 3, None),
    ]:
        X, parameters = draw.normal(n, d, dtype=dtype), network(draw, d, h, k, dtype)
        parameters[2][...] *= 1 / h
        parameters[1][::2] += 14
        parameters[1][1::2] -= 14
        expected = reference.mlp_forward(X, *parameters)
        assert_close(student.mlp_forward(X, *parameters), expected, terms=h + 1)
    # arguments that are easily taken for earlier ones
    for args in draw.relatives(draw.coincident(3), *network(draw, 3, 5, 2)):
        expected = reference.mlp_forward(*args)
        assert_close(student.mlp_forward(*args), expected, terms=6)


@points(1)
@says("shape")
def test_two_dimensions(student, reference, draw):
    """The result has two dimensions, also for one example or one output.

    zh: 只有一个样本或一个输出时，结果仍然是二维的。
    """
    for n, d, h, k in [(1, 3, 4, 2), (5, 3, 4, 1), (3, 2, 1, 4), (1, 3, 4, 1)]:
        X, parameters = draw.normal(n, d), network(draw, d, h, k)
        expected = reference.mlp_forward(X, *parameters)
        assert_close(student.mlp_forward(X, *parameters), expected, terms=5)
