from grader.checks import (
    assert_backward,
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    one_of,
    points,
    says,
)

GRADIENTS = ("dW1", "db1", "dW2", "db2")


@points(1)
def test_one_output(student, reference, draw):
    """All gradients are right for a network with one output.

    zh: 网络只有一个输出时，所有梯度都正确。
    """
    # residuals of one sign, so that the gradient of the one bias does not cancel
    X, y = draw.normal(7, 4), draw.uniform(5.0, 9.0, 7, 1)
    arrays = [X, y, *(draw.normal(*shape) for shape in [(4, 3), (3,), (3, 1), (1,)])]
    expected = reference.mlp_backward(*arrays)
    found = student.mlp_backward(*arrays)
    for gradient, true, name in zip(found, expected, GRADIENTS, strict=True):
        assert_close(gradient, true, terms=12, what=name)


@points(1)
def test_central_differences(student, reference, draw):
    """All four gradients agree with central differences of the loss.

    zh: 四个梯度都与损失的中心差分一致。
    """
    for n, d, h, k in [(4, 4, 4, 4), (1, 2, 3, 2)]:
        X, y, W1, b1 = draw.normal(n, d), draw.normal(n, k), draw.normal(d, h), draw.normal(h)
        W2, b2 = draw.normal(h, k), draw.normal(k)
        # as lists, X and y are no variables to differentiate by
        at = [X.tolist(), y.tolist(), W1, b1, W2, b2]
        assert_backward(
            student, reference, "mlp_backward", [X, y, W1, b1, W2, b2],
            forward="mlp_loss", at=at, cotangent=1.0, names=GRADIENTS, terms=12,
        )  # fmt: skip


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The gradients have the dtype of the arguments.

    zh: 梯度的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        shapes = [(5, 3), (5, 2), (3, 4), (4,), (4, 2), (2,)]
        arrays = [draw.normal(*shape, dtype=dtype) for shape in shapes]
        expected = reference.mlp_backward(*arrays)
        found = student.mlp_backward(*arrays)
        for gradient, name in zip(found, GRADIENTS, strict=True):
            assert_dtype_kept(gradient, dtype, name)
        # one value is enough here, so that a wrong gradient costs its own points only
        assert_close(found[3], expected[3], terms=12, what="db2")


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """None of the arguments is changed, and no call affects another.

    zh: 所有参数都保持不变；各次调用互不影响。
    """
    shapes = [(3, 3), (3, 3), (3, 3), (3,), (3, 3), (3,)]
    arrays = [draw.normal(*shape) for shape in shapes]
    before = [array.copy() for array in arrays]
    expected = reference.mlp_backward(*arrays)
    assert_close(one_of(student.mlp_backward(*arrays), 3), expected[3], terms=12, what="db2")
    for array, old, name in zip(arrays, before, ("X", "y", "W1", "b1", "W2", "b2"), strict=True):
        assert_unchanged(array, old, name)
    first = [draw.normal(*array.shape) for array in arrays]
    assert_no_memory(student, "mlp_backward", first, before)
