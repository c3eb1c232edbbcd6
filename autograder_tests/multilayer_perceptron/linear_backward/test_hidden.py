from grader.checks import (
    assert_backward,
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_all_gradients(student, reference, draw):
    """All three gradients agree with central differences, whatever the sizes.

    zh: 无论各维大小如何，三个梯度都与中心差分一致。
    """
    for n, d, k in [(4, 4, 4), (1, 3, 2), (3, 2, 1), (2, 5, 3)]:
        # of one sign, so that no gradient cancels to almost nothing
        dout = draw.uniform(0.2, 2.0, n, k)
        x, W, b = draw.normal(n, d), draw.normal(d, k), draw.normal(k)
        assert_backward(
            student, reference, "linear_backward", [dout, x, W],
            forward="linear_forward", at=[x, W, b], cotangent=dout,
            names=["dx", "dW", "db"], terms=5,
        )  # fmt: skip


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The gradients have the dtype of the arguments.

    zh: 梯度的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        dout, x = draw.normal(4, 2, dtype=dtype), draw.normal(4, 3, dtype=dtype)
        W = draw.normal(3, 2, dtype=dtype)
        expected = reference.linear_backward(dout, x, W)
        found = student.linear_backward(dout, x, W)
        for gradient, name in zip(found, ("dx", "dW", "db"), strict=True):
            assert_dtype_kept(gradient, dtype, name)
        # one value is enough here, so that a wrong dx or dW costs its own points only
        assert_close(found[2], expected[2], terms=4, what="db")


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """None of the arguments is changed, and no call affects another.

    zh: 所有参数都保持不变；各次调用互不影响。
    """
    dout, x, W = draw.normal(4, 4), draw.normal(4, 4), draw.normal(4, 4)
    before = dout.copy(), x.copy(), W.copy()
    expected = reference.linear_backward(dout, x, W)
    found = student.linear_backward(dout, x, W)
    assert_close(found[2], expected[2], terms=4, what="db")
    for array, old, name in zip((dout, x, W), before, ("dout", "x", "W"), strict=True):
        assert_unchanged(array, old, name)
    first = [draw.normal(4, 4), draw.normal(4, 4), draw.normal(4, 4)]
    assert_no_memory(student, "linear_backward", first, before)
