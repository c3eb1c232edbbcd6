from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_state_kept,
    assert_unchanged,
    points,
    says,
)


@points(1)
@says("dtype", "values")
def test_every_size(student, reference, draw):
    """Tiny and huge entries count as well, and the result has the dtype of the input.

    zh: 很小和很大的元素同样如此；结果的数据类型与输入相同。
    """
    for dtype in ("float32", "float64"):
        for size in draw.magnitudes():
            x = draw.normal(6, scale=size, dtype=dtype)
            expected = reference.quadratic_gradient(x)
            result = student.quadratic_gradient(x)
            assert_close(result, expected)
            assert_dtype_kept(result, dtype)


@points(2)
@says("state", "unchanged")
def test_left_as_it_was(student, reference, draw):
    """The argument is left as it was, trainable or not, and nothing adds up over several calls.

    zh: 自变量保持原样（包括是否需要梯度），多次调用不会累加。
    """
    x = draw.away_from_zero(5)
    before = x.copy()
    for _ in range(2):
        expected = reference.quadratic_gradient(before)
        assert_close(student.quadratic_gradient(x), expected)
        assert_unchanged(x, before, "x")
    assert_state_kept(student, "quadratic_gradient", [before])
    assert_no_memory(student, "quadratic_gradient", [draw.normal(5)], [before])
