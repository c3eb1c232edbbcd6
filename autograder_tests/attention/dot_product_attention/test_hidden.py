import numpy as np

from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)


def qkv(draw, n, q, k, d, v, dtype=None):
    """Return Q, K and V; scores are about normal."""
    return [draw.normal(*shape, dtype=dtype) for shape in [(n, q, d), (n, k, d), (n, k, v)]]


@points(1)
def test_masked_scores_may_be_large(student, reference, draw):
    """Where the mask is False, even a score of 1000 gets no weight, and all others may be -1000.

    zh: 掩码为False处，即使得分为1000，权重也为零；其余得分也可以都是-1000。
    """
    mask = np.array([[[True, False, True, False] * 4] * 3])
    for allowed, masked in [(-100, 100), (0, 100), (100, -100), (-4, 4)]:
        Q, K, V = qkv(draw, 1, 3, 16, 4, 2)
        Q[:, :, 0] = 20
        K[:, :, 0] = np.where(mask[:, 0], allowed, masked)
        expected = reference.dot_product_attention(Q, K, V, mask)
        scale = float(np.abs(V).max())
        found = student.dot_product_attention(Q, K, V, mask.copy())
        assert_close(found, expected, terms=20, condition=1000, scale=scale)


@points(1)
def test_query_without_keys(student, reference, draw):
    """A query that may attend to no key gets finite numbers, and the others are right.

    zh: 不能关注任何键的查询得到有限的数，其余查询的结果仍然正确。
    """
    some = np.array([[[True, False], [False, False]], [[False, False], [True, True]]])
    for mask in (some, np.zeros((1, 2, 2), bool)):
        free = ~mask.any(-1)
        Q, K, V = qkv(draw, len(mask), 2, 2, 3, 4)
        expected = reference.dot_product_attention(Q, K, V, mask)
        scale = float(np.abs(V).max())
        found = student.dot_product_attention(Q, K, V, mask.copy())
        # of a row whose values are free, it counts that zero times them is zero
        only = np.where(free[..., None], 0, 1).astype(V.dtype)
        assert_close(only * found, only * expected, terms=5, condition=5, scale=scale)


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of the arguments, with a mask and without.

    zh: 无论有没有掩码，结果的数据类型都与参数相同。
    """
    for dtype in ("float32", "float64"):
        for mask in (None, np.array([[[True, False, True], [True, True, False]]])):
            args = qkv(draw, 1, 2, 3, 4, 2, dtype)
            given = args if mask is None else [*args, mask]
            expected = reference.dot_product_attention(*given)
            scale = float(np.abs(args[2]).max())
            result = student.dot_product_attention(*given)
            assert_close(result, expected, terms=7, condition=5, scale=scale)
            assert_dtype_kept(result, dtype)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """None of the arguments is changed, and no call affects another.

    zh: 所有参数都保持不变；各次调用互不影响。
    """
    args = [*qkv(draw, 2, 3, 3, 4, 2), np.array([[[True, False, True]] * 3] * 2)]
    before = [array.copy() for array in args]
    expected = reference.dot_product_attention(*before)
    scale = float(np.abs(args[2]).max())
    found = student.dot_product_attention(*args)
    assert_close(found, expected, terms=7, condition=5, scale=scale)
    for array, old, name in zip(args, before, ("Q", "K", "V", "mask"), strict=True):
        assert_unchanged(array, old, name)
    first = [*qkv(draw, 2, 3, 3, 4, 2), np.array([[[True, True, False]] * 3] * 2)]
    assert_no_memory(student, "dot_product_attention", first, before)
