from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of the input.

    zh: 结果的数据类型与输入相同。
    """
    for dtype in ("float32", "float64"):
        x = draw.normal(3, 5, dtype=dtype)
        expected = reference.relu(x)
        found = student.relu(x)
        assert_dtype_kept(found, dtype)
        assert_close(found, expected)


@points(1)
@says("state", "unchanged")
def test_argument_unchanged(student, reference, draw):
    """The array handed in is unchanged on return, and no call affects another.

    zh: 函数返回后，传入的数组保持不变；各次调用互不影响。
    """
    x = draw.normal(5, 3)
    before = x.copy()
    assert_close(student.relu(x), reference.relu(before))
    assert_unchanged(x, before, "x")
    assert_no_memory(student, "relu", [draw.normal(5, 3)], [before])
