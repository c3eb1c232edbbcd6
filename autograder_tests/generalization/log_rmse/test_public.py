from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """The result is the root mean square error of the logarithms, for any number of examples.

    zh: 无论样本有多少，结果都是对数的均方根误差。
    """
    for shape in [(5,), (4, 1), (1,), (3, 3), (2, 3, 4), (90,), (1, 1)]:
        labels = draw.uniform(1.5, 400, *shape)
        predictions = labels * draw.uniform(0.7, 2, *shape)
        expected = reference.log_rmse(predictions, labels)
        found = student.log_rmse(predictions, labels)
        assert_close(found, expected, scale=6.0, terms=labels.size)
    predictions, labels = draw.cast([1.5, 2, 300]), draw.cast([2, 1.2, 250])
    expected = reference.log_rmse(predictions, labels)
    assert_close(student.log_rmse(predictions, labels), expected, scale=6.0)
    for prices in ([1.3], [1.1]), ([1.1], [1.3]), ([2.7, 1.9], [1.7, 2.3]):
        # float32 does not hold these numbers
        predictions, labels = (draw.cast(one, "float64") for one in prices)
        expected = reference.log_rmse(predictions, labels)
        assert_close(student.log_rmse(predictions, labels), expected, scale=1.0)
    # arguments that are easily taken for earlier ones
    for predictions, labels in draw.relatives(draw.uniform(2, 9, 6), draw.uniform(2, 9, 6)):
        expected = reference.log_rmse(predictions, labels)
        assert_close(student.log_rmse(predictions, labels), expected, scale=6.0)


@points(1)
def test_predictions_below_one(student, reference, draw):
    """Predictions below 1 count as 1: small ones, zero, and negative ones.

    zh: 小于1的预测值按1计算，包括很小的数、零和负数。
    """
    for predictions in (
        [0.3, 5, 7],
        [0.0, 0.0, 0.0],
        [-4.0, 9, -1e5],
        [0.999, 1, 1.001],
        [-0.5, 1e-9, 3],
    ):
        predictions, labels = draw.cast(predictions), draw.cast([2.0, 6.0, 50.0])
        expected = reference.log_rmse(predictions, labels)
        assert_close(student.log_rmse(predictions, labels), expected, scale=6.0)
