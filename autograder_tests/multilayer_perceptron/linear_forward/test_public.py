from grader.checks import assert_close, points, says


@points(1)
def test_values(student, reference, draw):
    """Every output is a weighted sum of the inputs plus its own bias.

    zh: 每个输出都是输入的加权和再加上各自的偏置。
    """
    for n, d, k in [(5, 3, 4), (70, 3, 4), (2, 70, 3), (3, 4, 70)]:
        for size in (1, 1e-4):
            x, W, b = draw.normal(n, d), draw.normal(d, k, scale=size), draw.normal(k, scale=size)
            expected = reference.linear_forward(x, W, b)
            assert_close(student.linear_forward(x, W, b), expected, terms=d + 1)

    # examples that coincide or are 0, and arguments that are easily taken for earlier ones
    for args in draw.relatives(draw.coincident(3), draw.normal(3, 4), draw.normal(4)):
        expected = reference.linear_forward(*args)
        assert_close(student.linear_forward(*args), expected, terms=4)


@points(1)
@says("shape")
def test_two_dimensions(student, reference, draw):
    """The result has two dimensions, also for one example or one output.

    zh: 只有一个样本或一个输出时，结果仍然是二维的。
    """
    for n, d, k in [(1, 3, 4), (5, 3, 1), (3, 1, 2), (1, 3, 1)]:
        x, W, b = draw.normal(n, d), draw.normal(d, k), draw.normal(k)
        expected = reference.linear_forward(x, W, b)
        assert_close(student.linear_forward(x, W, b), expected, terms=4)
