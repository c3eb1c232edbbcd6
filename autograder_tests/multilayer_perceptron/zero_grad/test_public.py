from grader.checks import WithGradient, assert_close, points


@points(2)
def test_cleared(student, reference, draw):
    """The gradient of every parameter is zeros, or None.

    zh: 每个参数的梯度全为零，或者为None。
    """
    for shapes in [[(3, 2)], [(5,), (1, 4), (2, 2)], draw.shapes()[1:]]:
        params = [WithGradient(draw.normal(*s), draw.normal(*s, scale=3)) for s in shapes]
        expected = [WithGradient(p.data.copy(), p.gradient.copy()) for p in params]
        reference.zero_grad(expected)
        student.zero_grad(params)
        for number, (param, want) in enumerate(zip(params, expected, strict=True)):
            assert_close(param.gradient, want.gradient, what=f"params[{number}].grad")
    for size in draw.magnitudes():
        param = WithGradient(*(draw.normal(2, 3, scale=size, dtype="float64") for _ in range(2)))
        student.zero_grad([param])
        assert_close(param.gradient, 0 * param.gradient, what="params[0].grad")


@points(1)
def test_without_gradient(student, reference, draw):
    """A parameter without a gradient stays without, and those behind it are cleared.

    zh: 没有梯度的参数仍然没有梯度，排在它后面的参数也要清除。
    """
    for places in [(0,), (1, 2), (0, 3)]:
        params = [
            WithGradient(draw.normal(2, 3), None if i in places else draw.normal(2, 3))
            for i in range(4)
        ]
        student.zero_grad(params)
        for number, param in enumerate(params):
            if number not in places:
                assert_close(param.gradient, 0 * param.data, what=f"params[{number}].grad")
