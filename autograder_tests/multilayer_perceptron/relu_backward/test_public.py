from grader.checks import assert_backward, assert_close, points


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
    # inputs and gradients of every size, close to the kink, too
    for size, slope in [(100, 1), (1e-3, 1), (1e-8, 1), (1e9, 1), (1, 1e-7), (1, 1e9)]:
        x, dout = draw.away_from_zero(4, 6) * draw.cast(size), draw.normal(4, 6, scale=slope * 1e4)
        dout = dout * draw.cast(1e-4)
        assert_close(student.relu_backward(dout, x), reference.relu_backward(dout, x), what="dx")

    # arguments that are easily taken for earlier ones
    for dout, x in draw.relatives(draw.normal(4, 6), draw.away_from_zero(4, 6)):
        assert_close(student.relu_backward(dout, x), reference.relu_backward(dout, x), what="dx")


@points(1)
def test_any_shape(student, reference, draw):
    """The input may have any number of dimensions.

    zh: 输入可以有任意多个维度。
    """
    for shape in draw.shapes():
        x, dout = draw.away_from_zero(*shape), draw.cast(0.01 * draw.away_from_zero(*shape))
        x.flat[0] = 0.5  # some gradient gets through, even through a single entry
        assert_backward(
            student, reference, "relu_backward", [dout, x],
            forward="relu", at=[x], cotangent=dout, names=["dx"],
        )  # fmt: skip
