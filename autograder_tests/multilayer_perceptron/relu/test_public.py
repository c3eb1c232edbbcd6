from grader.checks import assert_close, points


@points(1)
def test_values(student, reference, draw):
    """Positive entries stay as they are, all others become 0.

    zh: 正的元素保持不变，其余元素都变为0。
    """
    for scale in (10, 1e4, 1e-9):
        x = draw.normal(4, 6, scale=scale)
        x[1, 2], x[2, 3] = 0.0, -0.0
        expected = reference.relu(x)
        assert_close(student.relu(x), expected)


@points(1)
def test_any_shape(student, reference, draw):
    """The input may have any number of dimensions.

    zh: 输入可以有任意多个维度。
    """
    for shape in draw.shapes():
        x = draw.normal(*shape, scale=0.01)
        expected = reference.relu(x)
        assert_close(student.relu(x), expected)
