import numpy as np

from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Each entry is the logarithm of its share of the exponentials in its row.

    zh: 每个元素是其指数在所在行的指数之和中所占比例的对数。
    """
    # the last two: many small logarithms, of which some show it if rounded to four decimals
    for shape, scale, dtype in [
        ((3, 7), 2.0, None),
        ((6, 4), 2.0, "float64"),
        ((50, 2), 0.5, None),
        ((50, 2), 0.5, "float64"),
    ]:
        X = draw.normal(*shape, scale=scale, dtype=dtype)
        expected = reference.log_softmax(X)
        assert_close(student.log_softmax(X), expected, terms=shape[1])
    # logits that coincide, and arguments that are easily taken for earlier ones
    for (X,) in draw.relatives(draw.coincident(4)):
        assert_close(student.log_softmax(X), reference.log_softmax(X), terms=4, condition=5)
    # one logit far above the others: its logarithm is almost 0, to all digits
    X = draw.normal(3, 4, dtype="float64") + np.array([0, 40, 0, 0])
    expected, found = reference.log_softmax(X), student.log_softmax(X)
    assert_close(0 * found, 0 * expected)
    assert_close(found[:, 1], expected[:, 1], scale=1.0, what="log_softmax(X)[:, 1]")


@points(1)
def test_any_shape(student, reference, draw):
    """Any numbers of rows and columns will do, equal ones included.

    zh: 行数和列数可以任意，也可以相等。
    """
    for shape in draw.sizes(2):
        X = draw.normal(*shape)
        expected = reference.log_softmax(X)
        assert_close(student.log_softmax(X), expected, terms=shape[1], condition=3)


@points(3)
def test_large_logits(student, reference, draw):
    """Logits near 1000 and near -1000 may stand in the same row.

    zh: 接近1000和接近-1000的logits可以出现在同一行。
    """
    for size in (1000, 750, 100):
        X = draw.normal(4, 6)
        X[:, [1, 4]] += size
        X[:, 3] -= size
        expected = reference.log_softmax(X)
        assert_close(student.log_softmax(X), expected, terms=6)
