from grader.checks import (
    as_array,
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_high_degrees(student, reference, draw):
    """High powers of numbers of any sign and size are right, column by column.

    zh: 无论正负和大小，高次幂的各列都正确。
    """
    for degree, size in [(20, 1), (13, 4), (20, 8), (8, 0.05)]:
        x = draw.away_from_zero(6, gap=0.5) * draw.cast(size)
        expected = reference.polynomial_features(x, degree)
        found = student.polynomial_features(x, degree)
        assert_close(found, expected, condition=degree)
        for i in range(degree + 1):
            column = as_array(found)[:, i]
            assert_close(column, expected[:, i], condition=max(i, 1), what=f"result[:, {i}]")
    for size in draw.magnitudes():
        x = draw.normal(4, scale=size, dtype="float64")
        expected = reference.polynomial_features(x, 2)
        found = student.polynomial_features(x, 2)
        assert_close(found, expected, condition=2)
        for i in range(3):
            assert_close(as_array(found)[:, i], expected[:, i], what=f"result[:, {i}]")


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of x.

    zh: 结果的数据类型与x相同。
    """
    for dtype in ("float32", "float64"):
        x = draw.normal(4, dtype=dtype)
        for degree in (0, 3):
            expected = reference.polynomial_features(x, degree)
            found = student.polynomial_features(x, degree)
            assert_close(found, expected, condition=3)
            assert_dtype_kept(found, dtype)


@points("0.5")
@says("state", "unchanged")
def test_input_unchanged(student, reference, draw):
    """The numbers are unchanged on return, and no call affects another.

    zh: 函数返回后，这些数保持不变；各次调用互不影响。
    """
    x = draw.away_from_zero(5)
    before = x.copy()
    expected = reference.polynomial_features(before, 3)
    assert_close(student.polynomial_features(x, 3), expected, condition=3)
    assert_unchanged(x, before, "x")
    assert_no_memory(student, "polynomial_features", [draw.normal(5), 3], [before, 3])
