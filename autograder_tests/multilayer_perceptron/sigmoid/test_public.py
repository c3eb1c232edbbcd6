from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Every entry goes through the sigmoid, whatever its sign and size.

    zh: 每个元素都经过sigmoid函数，无论其正负和大小。
    """
    for size, dtype in [(1, None), (0.01, None), (5, None), (1, "float64"), (6, "float64")]:
        x = draw.normal(4, 6, scale=size, dtype=dtype)
        expected = reference.sigmoid(x)
        assert_close(student.sigmoid(x), expected, scale=1.0)
    x = draw.coincident(4)
    expected = reference.sigmoid(x)
    assert_close(student.sigmoid(x), expected, scale=1.0)
    # arguments that are easily taken for earlier ones
    for (x,) in draw.relatives(draw.normal(4, 6)):
        expected = reference.sigmoid(x)
        assert_close(student.sigmoid(x), expected, scale=1.0)


@points(1)
def test_any_shape(student, reference, draw):
    """The input may have any number of dimensions.

    zh: 输入可以有任意多个维度。
    """
    for shape in draw.shapes():
        x = draw.away_from_zero(*shape)
        expected = reference.sigmoid(x)
        assert_close(student.sigmoid(x), expected, scale=1.0)
