import numpy as np

from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Each entry is its share of the exponentials in its row.

    zh: 每个元素是其指数在所在行的指数之和中所占的比例。
    """
    for shape in [(3, 7), (6, 4)]:
        X = draw.normal(*shape, scale=2.0)
        expected = reference.softmax(X)
        assert_close(student.softmax(X), expected, terms=shape[1], condition=5)
    # logits that coincide, and arguments that are easily taken for earlier ones
    for (X,) in draw.relatives(draw.coincident(4)):
        assert_close(student.softmax(X), reference.softmax(X), terms=4, condition=5)
    # few and many equal logits
    for shape in [(2, 3), (1, 100)]:
        X = draw.cast(np.ones(shape))
        assert_close(student.softmax(X), reference.softmax(X), terms=shape[1])
    # shares of every size, each looked at on its own scale, to all digits
    X = np.array([[0.0, -3.0, -12.0, -18.0, -24.0, -40.0]] * 3) + draw.normal(3, 6, dtype="float64")
    expected, found = reference.softmax(X), student.softmax(X)
    assert_close(0 * found, 0 * expected)
    for k, (share, want) in enumerate(zip(found.T, expected.T, strict=True)):
        what = f"softmax(X)[:, {k}]"
        assert_close(share, want, what=what)


@points(1)
def test_any_shape(student, reference, draw):
    """Any numbers of rows and columns will do, equal ones included.

    zh: 行数和列数可以任意，也可以相等。
    """
    for shape in draw.sizes(2):
        X = draw.normal(*shape)
        expected = reference.softmax(X)
        assert_close(student.softmax(X), expected, terms=shape[1], condition=5)


@points(2)
def test_large_logits(student, reference, draw):
    """Logits near 1000 and near -1000 may stand in the same row.

    zh: 接近1000和接近-1000的logits可以出现在同一行。
    """
    for size in (1000, 750, 100):
        X = draw.normal(4, 6)
        X[:, [1, 4]] += size
        X[:, 3] -= size
        expected = reference.softmax(X)
        assert_close(student.softmax(X), expected, terms=6, condition=1000)
