from grader.checks import assert_close, assert_no_memory, assert_unchanged, points, says


@points(1)
def test_every_size(student, reference, draw):
    """Prices in the millions count in full, small labels are not clipped, and no error is 0.

    zh: 以百万计的价格全部计入，小的标签不截断，没有误差时结果为0。
    """
    for predictions, labels in [
        ([3e6, 2e5, 9e8], [2e6, 3e5, 1e4]),
        ([2.0, 0.5, 3.0], [0.25, 0.01, 1e-5]),
        ([5.0, 700.0, 1.0], [5.0, 700.0, 1.0]),
        ([100.0, 100.0], [100.1, 100.1]),
        ([1e12], [1.0]),
    ]:
        for dtype in (None, "float64"):
            given = draw.cast(predictions, dtype), draw.cast(labels, dtype)
            expected = reference.log_rmse(*given)
            assert_close(student.log_rmse(*given), expected, scale=30.0)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """Predictions and labels are unchanged on return, and no call affects another.

    zh: 函数返回后，预测值和标签保持不变；各次调用互不影响。
    """
    predictions, labels = draw.cast([0.5, -3, 20, 7]), draw.cast([2.0, 0.5, 30, 9])
    before = predictions.copy(), labels.copy()
    expected = reference.log_rmse(*before)
    assert_close(student.log_rmse(predictions, labels), expected, scale=6.0)
    assert_unchanged(predictions, before[0], "predictions")
    assert_unchanged(labels, before[1], "labels")
    first = [draw.cast([3.0, 8, 2, 1]), draw.cast([4.0, 4, 4, 4])]
    assert_no_memory(student, "log_rmse", first, list(before))
