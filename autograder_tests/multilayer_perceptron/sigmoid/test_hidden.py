from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
def test_large_entries(student, reference, draw):
    """Entries near 1000 and near -1000 give 1 and 0, beside others and alone.

    zh: 接近1000和-1000的元素分别得到1和0，无论是与其他元素在一起还是单独出现。
    """
    sizes = [1000, 400, 95, 30, 17, 3]
    both = [[sign * size for size in sizes] for sign in (1, -1)]
    for values in (both, both[:1], both[1:], [[1000]], [[-1000]], [[-1000], [1000], [0.5]]):
        for dtype in (None, "float64"):
            x = draw.cast(values, dtype)
            expected = reference.sigmoid(x)
            assert_close(student.sigmoid(x), expected, scale=1.0)


@points("0.5")
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of the input.

    zh: 结果的数据类型与输入相同。
    """
    for dtype in ("float32", "float64"):
        x = draw.normal(3, 5, scale=2, dtype=dtype)
        expected = reference.sigmoid(x)
        result = student.sigmoid(x)
        assert_close(result, expected, scale=1.0)
        assert_dtype_kept(result, dtype)


@points("0.5")
@says("state", "unchanged")
def test_input_unchanged(student, reference, draw):
    """The input is unchanged on return, and no call affects another.

    zh: 函数返回后，输入保持不变；各次调用互不影响。
    """
    x = draw.normal(4, 5)
    before = x.copy()
    expected = reference.sigmoid(before)
    assert_close(student.sigmoid(x), expected, scale=1.0)
    assert_unchanged(x, before, "x")
    assert_no_memory(student, "sigmoid", [draw.normal(4, 5)], [before])
