import numpy as np

from grader.checks import (
    assert_close,
    assert_dtype_kept,
    assert_no_memory,
    assert_unchanged,
    points,
    says,
)

NAMES = ("X", "W_q", "W_k", "W_v", "W_o")


def arguments(draw, n, t, d, dtype=None):
    """Return X and four weights, with scores large enough for their scaling to show."""
    weights = [draw.normal(d, d, scale=1.5 * d**-0.5, dtype=dtype) for _ in range(4)]
    return [draw.normal(n, t, d, dtype=dtype), *weights]


def assert_heads(student, reference, args, h):
    """Assert a result, whose errors are relative to the largest sum of values; return it."""
    X, _W_q, _W_k, W_v, W_o = args
    scale = float(np.abs(np.abs(X @ W_v) @ np.abs(W_o)).max())
    terms, condition = X.shape[1] + X.shape[2], 1 if X.dtype == np.float64 else 10
    expected = reference.multi_head_attention(*args, h)
    found = student.multi_head_attention(*args, h)
    assert_close(found, expected, terms=terms, condition=condition, scale=scale)
    return found


@points(2)
def test_each_head_its_own_columns(student, reference, draw):
    """What a head looks at depends on no column but its own, and its result stays in them.

    zh: 每个头的注意力只取决于它自己的列，其结果也留在这些列中。
    """
    eye = np.eye(6)
    X = draw.normal(2, 4, 6, dtype="float64")
    for h in (2, 3):
        for head in range(h):
            own = np.zeros(6)
            own[head * 6 // h : (head + 1) * 6 // h] = 2.0
            # only one head has scores that differ; all heads have values
            args = [X, eye * own, eye, eye, eye]
            assert_heads(student, reference, args, h)


@points(1)
def test_any_size(student, reference, draw):
    """One sequence, a single position, many positions, equal sizes: all sizes will do.

    zh: 只有一个序列、只有一个位置、位置很多、各维大小相等：任意大小都可以。
    """
    shapes = [(1, 1, 4, 2), (2, 1, 6, 3), (1, 3, 2, 2), (4, 4, 4, 4), (2, 2, 2, 1), (1, 40, 8, 2)]
    for n, t, d, h in [*shapes, (30, 2, 4, 2), (2, 3, 32, 4)]:
        args = arguments(draw, n, t, d)
        assert_heads(student, reference, args, h)


@points(1)
@says("dtype")
def test_dtype(student, reference, draw):
    """The result has the dtype of the arguments.

    zh: 结果的数据类型与参数相同。
    """
    for dtype in ("float32", "float64"):
        args = arguments(draw, 2, 3, 4, dtype)
        result = assert_heads(student, reference, args, 2)
        assert_dtype_kept(result, dtype)


@points(1)
@says("state", "unchanged")
def test_arguments_unchanged(student, reference, draw):
    """None of the arguments is changed, and no call affects another.

    zh: 所有参数都保持不变；各次调用互不影响。
    """
    args = arguments(draw, 2, 3, 4)
    before = [array.copy() for array in args]
    assert_heads(student, reference, args, 2)
    for array, old, name in zip(args, before, NAMES, strict=True):
        assert_unchanged(array, old, name)
    first = [*arguments(draw, 2, 3, 4), 2]
    assert_no_memory(student, "multi_head_attention", first, [*before, 2])
