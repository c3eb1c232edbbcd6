from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(2)
def test_large_logits(student, reference, draw):
    """Logits may be near 1000 and near -1000, in one row and in different rows.

    zh: logits可以接近1000和-1000，无论它们在同一行还是在不同行。
    """
    X, W, b = draw.normal(4, 1, 2, 3), draw.normal(6, 5), draw.normal(5)
    b += draw.cast([1000, 0, -1000, 1000, 0])
    expected = reference.softmax_net(X, W, b)
    assert_close(student.softmax_net(X, W, b), expected, terms=11, condition=1000)
    X[:, 0, 0, 0] = draw.cast([1000, -1000, 300, 0])
    W[0], b = 1, draw.normal(5)
    expected = reference.softmax_net(X, W, b)
    assert_close(student.softmax_net(X, W, b), expected, terms=11, condition=1000)


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of the arguments.

    zh: 结果的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        arrays = [draw.normal(*shape, dtype=dtype) for shape in [(3, 1, 2, 2), (4, 3), (3,)]]
        expected = reference.softmax_net(*arrays)
        result = student.softmax_net(*arrays)
        assert_close(result, expected, terms=7, condition=5)
        assert_dtype_kept(result, dtype)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """None of the arguments is changed, and no call affects another.

    zh: 所有参数都保持不变；各次调用互不影响。
    """
    arrays = [draw.normal(*shape) for shape in [(3, 1, 2, 2), (4, 3), (3,)]]
    before = [array.copy() for array in arrays]
    expected = reference.softmax_net(*before)
    assert_close(student.softmax_net(*arrays), expected, terms=7, condition=5)
    for array, old, name in zip(arrays, before, ("X", "W", "b"), strict=True):
        assert_unchanged(array, old, name)
    first = [draw.normal(*array.shape) for array in arrays]
    assert_no_memory(student, "softmax_net", first, before)
