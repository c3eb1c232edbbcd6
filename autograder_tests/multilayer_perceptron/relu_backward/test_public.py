from grader.checks import assert_backward, points


@points(2)
def test_values(student, reference, draw):
    """The gradient agrees with central differences of ReLU.

    zh: 梯度与ReLU的中心差分一致。
    """
    x, dout = draw.away_from_zero(4, 6), draw.normal(4, 6)
    assert_backward(
        student, reference, "relu_backward", [dout, x],
        forward="relu", at=[x], cotangent=dout, names=["dx"],
    )  # fmt: skip


@points(1)
def test_any_shape(student, reference, draw):
    """The input may have any number of dimensions.

    zh: 输入可以有任意多个维度。
    """
    for shape in [(9,), (2, 3, 4), (2, 3, 2, 4)]:
        x, dout = draw.away_from_zero(*shape), draw.normal(*shape, scale=0.01)
        assert_backward(
            student, reference, "relu_backward", [dout, x],
            forward="relu", at=[x], cotangent=dout, names=["dx"],
        )  # fmt: skip
