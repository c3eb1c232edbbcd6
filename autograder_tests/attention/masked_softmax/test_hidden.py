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
def test_scores_of_any_size(student, reference, draw):
    """What stands behind the valid scores does not matter, however large they or it may be.

    zh: 无论有效得分和其后的得分有多大，其后的得分都不影响结果。
    """
    for valid, behind, dtype in [(-49, 49, None), (49, -49, None), (-49, 0, "float64")]:
        X, lens = draw.uniform(-1, 1, 4, 3, 6, dtype=dtype), np.array([1, 3, 5, 6])
        X += np.where(np.arange(6) < lens[:, None, None], valid, behind).astype(X.dtype)
        expected = reference.masked_softmax(X, lens)
        assert_close(student.masked_softmax(X, lens), expected, terms=6, condition=10)
    # valid scores far apart, in one row and in different rows, each share on its own scale
    X = np.array([[[-40.0, -30, -20, -50], [40, 30, 35, 50]]]) + draw.normal(
        1, 2, 4, dtype="float64"
    )
    lens = np.array([[3, 3]])
    expected, found = reference.masked_softmax(X, lens), student.masked_softmax(X, lens)
    assert_close(0 * found, 0 * expected)
    for j in range(4):
        what = f"masked_softmax(X, valid_lens)[:, :, {j}]"
        assert_close(found[..., j], expected[..., j], what=what)


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of X.

    zh: 结果的数据类型与X相同。
    """
    for dtype in ("float32", "float64"):
        X, lens = draw.normal(2, 3, 4, dtype=dtype), np.array([2, 4])
        expected = reference.masked_softmax(X, lens)
        result = student.masked_softmax(X, lens)
        assert_close(result, expected, terms=4, condition=5)
        assert_dtype_kept(result, dtype)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """The scores and the lengths are unchanged on return, and no call affects another.

    zh: 函数返回后，得分和有效长度保持不变；各次调用互不影响。
    """
    for lens in (np.array([2, 3]), np.array([[2, 1, 4], [3, 4, 1]])):
        X = draw.normal(2, 3, 4)
        given = [X.copy(), lens.copy()]
        expected = reference.masked_softmax(*given)
        assert_close(student.masked_softmax(X, lens), expected, terms=4, condition=5)
        assert_unchanged(X, given[0], "X")
        assert_unchanged(lens, given[1], "valid_lens")
    first = [draw.normal(2, 3, 4), np.array([[1, 2, 3], [2, 2, 4]])]
    assert_no_memory(student, "masked_softmax", first, given)
