from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Each entry is the logarithm of its share of the exponentials in its row.

    zh: 每个元素是其指数在所在行的指数之和中所占比例的对数。
    """
    # the last: many small logarithms, of which some show it if they are rounded to four decimals
    for shape, scale in [((3, 7), 2.0), ((6, 4), 2.0), ((50, 2), 0.5)]:
        X = draw.normal(*shape, scale=scale)
        expected = reference.log_softmax(X)
        assert_close(student.log_softmax(X), expected, terms=shape[1])


@points(1)
def test_any_shape(student, reference, draw):
    """Any numbers of rows and columns will do, equal ones included.

    zh: 行数和列数可以任意，也可以相等。
    """
    for shape in [(5, 5), (2, 2), (1, 6), (4, 1)]:
        X = draw.normal(*shape)
        expected = reference.log_softmax(X)
        assert_close(student.log_softmax(X), expected, terms=shape[1], condition=3)


@points(3)
def test_large_logits(student, reference, draw):
    """Logits near 1000 and near -1000 may stand in the same row.

    zh: 接近1000和接近-1000的logits可以出现在同一行。
    """
    X = draw.normal(4, 6)
    X[:, [1, 4]] += 1000
    X[:, 3] -= 1000
    expected = reference.log_softmax(X)
    assert_close(student.log_softmax(X), expected, terms=6)
