import numpy as np

from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_p_zero_and_one(student, reference, draw):
    """With p = 0 the gradient passes where it was kept, with p = 1 it is zero everywhere.

    zh: p = 0时，保留处的梯度原样通过；p = 1时，梯度处处为零。
    """
    dout = draw.away_from_zero(4, 7)
    ones, some = np.ones_like(dout), draw.cast(draw.mask(4, 7))
    some[0, :2] = 0, 1
    for mask, p in [(ones, 0.0), (some, 0.0), (0 * ones, 1.0), (some, 0.95), (ones, 0.001)]:
        expected = reference.dropout_backward(dout, mask, p)
        # 1 - p loses digits if p is float32
        assert_close(student.dropout_backward(dout, mask, p), expected, condition=20, what="dx")


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """The gradient has the dtype of the arguments, for every p.

    zh: 无论p是多少，梯度的数据类型都与参数相同。
    """
    for dtype in ("float32", "float64"):
        dout, mask = draw.normal(5, 7, dtype=dtype), draw.cast(draw.mask(5, 7), dtype)
        for p, kept in [(0.4, mask), (0.0, mask), (1.0, 0 * mask)]:
            expected = reference.dropout_backward(dout, kept, p)
            found = student.dropout_backward(dout, kept, p)
            assert_close(found, expected, what="dx")
            assert_dtype_kept(found, dtype, "dx")


@points("0.5")
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """Neither argument is changed, and no call affects another.

    zh: 两个参数都保持不变；各次调用互不影响。
    """
    dout, mask = draw.away_from_zero(6, 7), draw.cast(draw.mask(6, 7))
    before = dout.copy(), mask.copy()
    for p in (0.3, 1.0):
        given = before[1] * (p < 1)
        mask[...] = given
        expected = reference.dropout_backward(before[0], given, p)
        assert_close(student.dropout_backward(dout, mask, p), expected, what="dx")
        assert_unchanged(dout, before[0], "dout")
        assert_unchanged(mask, given, "mask")
    first = [draw.normal(6, 7), draw.cast(draw.mask(6, 7)), 0.3]
    assert_no_memory(student, "dropout_backward", first, [*before, 0.3])
