from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
@says("dtype", "values")
def test_every_size(student, reference, draw):
    """Tiny and huge entries are added as well, and the result has the dtype of the inputs.

    zh: 很小和很大的元素同样相加；结果的数据类型与输入相同。
    """
    for dtype in ("float32", "float64"):
        for size in draw.magnitudes():
            a, b = (draw.normal(6, scale=size, dtype=dtype) for _ in range(2))
            expected = reference.add_vectors(a, b)
            result = student.add_vectors(a, b)
            assert_close(result, expected)
            assert_dtype_kept(result, dtype)


@points(1)
@says("state", "unchanged")
def test_inputs_unchanged(student, reference, draw):
    """Both arguments are unchanged on return, and no call affects another.

    zh: 函数返回后，两个参数保持不变；各次调用互不影响。
    """
    a, b = draw.away_from_zero(5), draw.away_from_zero(5)
    before = [a.copy(), b.copy()]
    expected = reference.add_vectors(*before)
    assert_close(student.add_vectors(a, b), expected)
    assert_unchanged(a, before[0], "a")
    assert_unchanged(b, before[1], "b")
    assert_no_memory(student, "add_vectors", [draw.normal(5), draw.normal(5)], before)
