from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_rows_far_apart(student, reference, draw):
    """Adding the same number to all logits of a row changes nothing, however far apart rows are.

    zh: 给一行中的所有logits加上同一个数不会改变结果，无论各行相差多大。
    """
    X = draw.normal(5, 4) + draw.cast([[1000], [0], [-1000], [300], [-200]])
    expected = reference.softmax(X)
    assert_close(student.softmax(X), expected, terms=4, condition=1000)
    X = draw.cast([[1000], [0], [-1000], [300]])
    assert_close(student.softmax(X), reference.softmax(X))


@points(1)
def test_very_negative_logits(student, reference, draw):
    """Logits may all be near -1000.

    zh: 所有logits可以都接近-1000。
    """
    X = draw.normal(3, 5) - 1000
    expected = reference.softmax(X)
    assert_close(student.softmax(X), expected, terms=5, condition=1000)


@points(1)
@says("state", "unchanged")
def test_input_unchanged(student, reference, draw):
    """X is unchanged on return, and no call affects another.

    zh: 函数返回后X保持不变；各次调用互不影响。
    """
    X = draw.normal(4, 3)
    before = X.copy()
    expected = reference.softmax(X)
    assert_close(student.softmax(X), expected, terms=3, condition=5)
    assert_unchanged(X, before, "X")
    assert_no_memory(student, "softmax", [draw.normal(4, 3)], [before])


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of X.

    zh: 结果的数据类型与X相同。
    """
    for dtype in ("float32", "float64"):
        X = draw.normal(2, 5, dtype=dtype)
        expected = reference.softmax(X)
        result = student.softmax(X)
        assert_close(result, expected, terms=5, condition=5)
        assert_dtype_kept(result, dtype)
