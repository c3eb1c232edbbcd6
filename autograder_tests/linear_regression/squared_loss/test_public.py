from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Each loss is half the squared difference.

    zh: 每个损失值等于差的平方的一半。
    """
    sizes = [(1, None), (0.02, None), (1e-4, None), (300, None)]
    for scale, dtype in [*sizes, *((size, "float64") for size in draw.magnitudes())]:
        y_hat = draw.normal(6, 1, scale=3 * scale, dtype=dtype)
        y = draw.normal(6, 1, scale=scale, dtype=dtype)
        expected = reference.squared_loss(y_hat, y)
        assert_close(student.squared_loss(y_hat, y), expected, condition=2)
    # large and close to each other: a difference of squares would lose all digits
    y_hat, y = (draw.cast(1000 + draw.normal(6, 1, dtype="float64")) for _ in range(2))
    expected = reference.squared_loss(y_hat, y)
    assert_close(student.squared_loss(y_hat, y), expected, condition=2)


@points(1)
def test_flat_labels(student, reference, draw):
    """Labels of shape (n,) meet predictions of shape (n, 1) row by row.

    zh: 形状为(n,)的标签与形状为(n, 1)的预测值逐行对应。
    """
    for n in (5, 1):
        y_hat, y = draw.normal(n, 1), draw.normal(n, scale=3)
        expected = reference.squared_loss(y_hat, y)
        assert_close(student.squared_loss(y_hat, y), expected, condition=8)
