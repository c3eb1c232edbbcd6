from grader.checks import assert_close, assert_dtype_kept, assert_unchanged, points, says


@points(1)
def test_rows_far_apart(student, reference, draw):
    """Adding the same number to all logits of a row changes nothing, however far apart rows are.

    zh: 给一行中的所有logits加上同一个数不会改变梯度，无论各行相差多大。
    """
    logits = draw.normal(5, 4) + draw.cast([[1000], [0], [-1000], [300], [-200]])
    y = draw.labels(5, 4)
    expected = reference.softmax_cross_entropy_gradient(logits, y)
    result = student.softmax_cross_entropy_gradient(logits, y)
    assert_close(result, expected, terms=4, condition=1000)


@points(1)
@says("unchanged")
def test_inputs_unchanged(student, reference, draw):
    """The logits and the labels are unchanged on return.

    zh: 函数返回后，logits和标签保持不变。
    """
    logits, y = draw.normal(12, 3), draw.labels(12, 3)
    before, labels = logits.copy(), y.copy()
    expected = reference.softmax_cross_entropy_gradient(before, labels)
    result = student.softmax_cross_entropy_gradient(logits, y)
    assert_close(result, expected, terms=3, condition=5)
    assert_unchanged(logits, before, "logits")
    assert_unchanged(y, labels, "y")


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The gradient has the dtype of the logits.

    zh: 梯度的数据类型与logits相同。
    """
    for dtype in ("float32", "float64"):
        logits, y = draw.normal(3, 5, dtype=dtype), draw.labels(3, 5)
        expected = reference.softmax_cross_entropy_gradient(logits, y)
        result = student.softmax_cross_entropy_gradient(logits, y)
        assert_close(result, expected, terms=5, condition=5)
        assert_dtype_kept(result, dtype)
