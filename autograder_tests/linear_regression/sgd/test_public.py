from grader.checks import assert_close, points


@points(2)
def test_step(student, reference, draw):
    """A parameter moves in place by the learning rate times the mean gradient, downhill.

    zh: 参数沿负梯度方向原地更新，步长为学习率乘以平均梯度。
    """
    for lr, batch_size, scale in [(0.5, 4, 5), (0.1, 1, 5), (1.5, 10, 5), (0.037, 37, 1000)]:
        param, grad = draw.normal(3, 2), draw.normal(3, 2, scale=scale)
        expected = param.copy()
        reference.sgd([expected], [grad.copy()], lr, batch_size)
        student.sgd([param], [grad], lr, batch_size)
        assert_close(param, expected, condition=4, what="params[0]")
    for size in draw.magnitudes():
        param, grad = (draw.normal(3, 2, scale=k * size, dtype="float64") for k in (1, 5))
        expected = param.copy()
        reference.sgd([expected], [grad.copy()], 0.37, 7)
        student.sgd([param], [grad], 0.37, 7)
        assert_close(param, expected, condition=4, what="params[0]")


@points(2)
def test_every_parameter(student, reference, draw):
    """Every parameter of the list takes its step, whatever its shape.

    zh: 列表中的每个参数都要更新，无论其形状如何。
    """
    shapes = [(5, 1), (1,), (2, 3), *draw.shapes()[1:]]
    params = [draw.normal(*shape) for shape in shapes]
    grads = [draw.normal(*shape, scale=3) for shape in shapes]
    grads[1][...] = 0  # one that stays where it is
    expected = [param.copy() for param in params]
    reference.sgd(expected, [grad.copy() for grad in grads], 0.7, 3)
    student.sgd(params, grads, 0.7, 3)
    for number, (param, want) in enumerate(zip(params, expected, strict=True)):
        assert_close(param, want, condition=4, scale=3, what=f"params[{number}]")
