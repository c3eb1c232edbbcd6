from grader.checks import assert_close, points


@points(2)
def test_step(student, reference, draw):
    """A parameter moves in place by the mean gradient and decays, both times the learning rate.

    zh: 参数原地更新：按平均梯度移动并衰减，两者都乘以学习率。
    """
    settings = [(0.5, 4, 0.3), (0.1, 1, 2.0), (0.037, 37, 1.3), (1.5, 10, 0.01), (0.2, 8, 3)]
    for lr, batch_size, wd in settings:
        param, grad = draw.away_from_zero(3, 2), draw.normal(3, 2, scale=5)
        expected = param.copy()
        reference.weight_decay_step([expected], [grad.copy()], lr, batch_size, wd)
        student.weight_decay_step([param], [grad], lr, batch_size, wd)
        assert_close(param, expected, condition=4, scale=3, what="params[0]")


@points(2)
def test_every_parameter(student, reference, draw):
    """Every parameter of the list takes its step and decays, whatever its shape, biases too.

    zh: 列表中的每个参数都要更新和衰减，无论其形状如何，偏置也不例外。
    """
    shapes = [(5, 1), (1,), (2, 3), *draw.shapes()[1:]]
    params = [draw.away_from_zero(*shape) for shape in shapes]
    grads = [draw.normal(*shape, scale=3) for shape in shapes]
    grads[1][...] = 0  # one that only decays
    expected = [param.copy() for param in params]
    reference.weight_decay_step(expected, [grad.copy() for grad in grads], 0.7, 3, 0.9)
    student.weight_decay_step(params, grads, 0.7, 3, 0.9)
    for number, (param, want) in enumerate(zip(params, expected, strict=True)):
        assert_close(param, want, condition=4, scale=3, what=f"params[{number}]")
