from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_linear_output(student, reference, draw):
    """The output layer is linear: outputs may be large and of either sign.

    zh: 输出层是线性的：输出的绝对值可以很大，正负皆可。
    """
    X, W1, b1 = draw.normal(7, 4), draw.normal(4, 4, scale=0.5), draw.normal(4)
    W2, b2 = draw.normal(4, 4, scale=20), draw.normal(4, scale=20)
    expected = reference.mlp_forward(X, W1, b1, W2, b2)
    assert_close(student.mlp_forward(X, W1, b1, W2, b2), expected, terms=5)


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of the arguments.

    zh: 结果的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        shapes = [(4, 3), (3, 5), (5,), (5, 2), (2,)]
        arrays = [draw.normal(*shape, dtype=dtype) for shape in shapes]
        expected = reference.mlp_forward(*arrays)
        found = student.mlp_forward(*arrays)
        assert_dtype_kept(found, dtype)
        assert_close(found, expected, terms=6)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """None of the arguments is changed, and no call affects another.

    zh: 所有参数都保持不变；各次调用互不影响。
    """
    arrays = [draw.normal(*shape) for shape in [(3, 3), (3, 3), (3,), (3, 3), (3,)]]
    before = [array.copy() for array in arrays]
    expected = reference.mlp_forward(*arrays)
    assert_close(student.mlp_forward(*arrays), expected, terms=4)
    for array, old, name in zip(arrays, before, ("X", "W1", "b1", "W2", "b2"), strict=True):
        assert_unchanged(array, old, name)
    first = [draw.normal(*array.shape) for array in arrays]
    assert_no_memory(student, "mlp_forward", first, before)
