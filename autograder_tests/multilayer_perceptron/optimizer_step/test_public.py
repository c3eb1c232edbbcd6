from grader.checks import WithGradient, assert_close, points


def copied(params):
    """Return copies of parameters, for the reference to change."""
    return [
        WithGradient(p.data.copy(), None if p.gradient is None else p.gradient.copy())
        for p in params
    ]


@points(2)
def test_step(student, reference, draw):
    """Every parameter moves in place by the learning rate times its gradient, downhill.

    zh: 每个参数都沿负梯度方向原地更新，步长为学习率乘以它的梯度。
    """
    for lr, shapes in [(0.5, [(3, 2)]), (1.5, [(5,), (1, 4), (2, 2)]), (0.037, draw.shapes()[1:])]:
        params = [WithGradient(draw.normal(*s), draw.normal(*s, scale=5)) for s in shapes]
        expected = copied(params)
        reference.optimizer_step(expected, lr)
        student.optimizer_step(params, lr)
        for number, (param, want) in enumerate(zip(params, expected, strict=True)):
            assert_close(param.data, want.data, condition=4, scale=5, what=f"params[{number}]")
    for size in draw.magnitudes():
        data, gradient = (draw.normal(3, 2, scale=k * size, dtype="float64") for k in (1, 5))
        params = [WithGradient(data, gradient)]
        expected = copied(params)
        reference.optimizer_step(expected, 0.37)
        student.optimizer_step(params, 0.37)
        assert_close(params[0].data, expected[0].data, condition=4, what="params[0]")


@points(1)
def test_without_gradient(student, reference, draw):
    """A parameter without a gradient is left alone, and those behind it take their steps.

    zh: 没有梯度的参数保持原样，排在它后面的参数照常更新。
    """
    for places in [(0,), (1, 2), (0, 3)]:
        params = [
            WithGradient(draw.normal(2, 3), None if i in places else draw.normal(2, 3, scale=4))
            for i in range(4)
        ]
        expected = copied(params)
        reference.optimizer_step(expected, 0.3)
        student.optimizer_step(params, 0.3)
        for number, (param, want) in enumerate(zip(params, expected, strict=True)):
            assert_close(param.data, want.data, condition=4, scale=4, what=f"params[{number}]")
