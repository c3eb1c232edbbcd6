from grader.checks import assert_close, one_of, points


def arguments(draw, n, d, scale=1.0, shift=0.0, dtype=None):
    """Return X, gamma, beta, moving_mean and moving_var; each feature has a scale of its own."""
    scales = draw.uniform(0.5, 2, d, dtype=dtype)
    return [
        (draw.normal(n, d, dtype=dtype) * scales * scale + shift * scales).astype(scales.dtype),
        draw.away_from_zero(d, gap=0.3, dtype=dtype),
        draw.normal(d, dtype=dtype),
        draw.normal(d, dtype=dtype),
        draw.uniform(0.2, 3, d, dtype=dtype),
    ]


@points(3)
def test_training(student, reference, draw):
    """Each feature gets mean 0 and variance 1 over the batch, then its own scale and shift.

    zh: 每个特征在小批量上的均值变为0、方差变为1，再乘以自己的拉伸参数、加上偏移参数。
    """
    for n, d, shift, dtype in [(6, 4, 0, None), (3, 5, 2, "float64"), (4, 4, 1, None)]:
        args = arguments(draw, n, d, shift=shift, dtype=dtype)
        expected = reference.batch_norm(*args)[0]
        Y = one_of(student.batch_norm(*args), 0)
        assert_close(Y, expected, terms=n, condition=10, what="Y")
    _X, *rest = arguments(draw, 6, 3)
    for args in draw.relatives(draw.coincident(3), *rest):
        expected = reference.batch_norm(*args)[0]
        Y = one_of(student.batch_norm(*args), 0)
        assert_close(Y, expected, terms=6, condition=10, what="Y")


@points(2)
def test_moving_statistics(student, reference, draw):
    """Both moving statistics move towards the batch; momentum weighs the old value.

    zh: 两个移动平均都向小批量的统计量靠近；momentum是旧值的权重。
    """
    for n, d, rest in [(6, 4, []), (3, 5, [0.7]), (4, 4, [0.25, 0.1]), (5, 2, [0.99]), (2, 3, [0])]:
        args = [*arguments(draw, n, d, shift=1), *rest]
        expected = reference.batch_norm(*args)
        _Y, mean, var = student.batch_norm(*args)
        assert_close(mean, expected[1], terms=n, condition=10, what="moving_mean")
        assert_close(var, expected[2], terms=n, condition=10, what="moving_var")
    args = [*arguments(draw, 5, 3, dtype="float64"), 0.6]
    expected = reference.batch_norm(*args)
    _Y, mean, var = student.batch_norm(*args)
    assert_close(mean, expected[1], what="moving_mean")
    assert_close(var, expected[2], what="moving_var")


@points(1)
def test_prediction(student, reference, draw):
    """For prediction, the moving statistics take the place of the batch's, and stay as they are.

    zh: 预测时用移动平均代替小批量的统计量，并且它们不变。
    """
    for n, d, dtype in [(5, 3, None), (1, 4, "float64"), (3, 3, None)]:
        args = arguments(draw, n, d, shift=1, dtype=dtype)
        expected = reference.batch_norm(*args, training=False)
        found = student.batch_norm(*args, training=False)
        assert_close(found[0], expected[0], condition=10, what="Y")
        assert_close(found[1], expected[1], what="moving_mean")
        assert_close(found[2], expected[2], what="moving_var")
