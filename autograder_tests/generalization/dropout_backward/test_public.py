from grader.checks import assert_close, points


def arguments(draw, *shape, rate=0.5, dtype=None):
    """Return a gradient, and a mask whose share of ones need not fit any p."""
    dout = draw.away_from_zero(*shape, dtype=dtype)
    return dout, draw.cast(draw.mask(*shape, rate=rate), dtype)


@points(2)
def test_values(student, reference, draw):
    """Where an entry was kept, the gradient is that of the scaled entry; elsewhere it is 0.

    zh: 元素被保留处的梯度按缩放后的元素计算，其余各处的梯度为0。
    """
    for p, rate, dtype in [
        (0.2, 0.7, None), (0.5, 0.3, None), (0.37, 0.6, "float64"), (0.9, 0.5, "float64"),
    ]:  # fmt: skip
        dout, mask = arguments(draw, 5, 6, rate=rate, dtype=dtype)
        expected = reference.dropout_backward(dout, mask, p)
        assert_close(student.dropout_backward(dout, mask, p), expected, what="dx")
    dout, mask = draw.coincident(4), draw.cast(draw.mask(6, 4))
    expected = reference.dropout_backward(dout, mask, 0.3)
    assert_close(student.dropout_backward(dout, mask, 0.3), expected, what="dx")
    # arguments that are easily taken for earlier ones
    for dout, mask, p in draw.relatives(*arguments(draw, 4, 6), 0.37):
        expected = reference.dropout_backward(dout, mask, p)
        assert_close(student.dropout_backward(dout, mask, p), expected, what="dx")


@points(1)
def test_any_shape(student, reference, draw):
    """The arguments may have any number of dimensions, and gradients any size.

    zh: 参数可以有任意多个维度，梯度可以任意大小。
    """
    for shape in draw.shapes():
        dout, mask = arguments(draw, *shape)
        mask.flat[0] = 1  # some gradient gets through
        expected = reference.dropout_backward(dout, mask, 0.37)
        assert_close(student.dropout_backward(dout, mask, 0.37), expected, what="dx")
    for size in draw.magnitudes():
        dout, mask = arguments(draw, 4, 5)
        dout = dout * draw.cast(size)
        expected = reference.dropout_backward(dout, mask, 0.6)
        assert_close(student.dropout_backward(dout, mask, 0.6), expected, what="dx")
