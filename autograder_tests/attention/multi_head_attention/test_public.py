import numpy as np

from grader.checks import assert_close, points


def arguments(draw, n, t, d, dtype=None):
    """Return X and four weights, with scores large enough for their scaling to show."""
    weights = [draw.normal(d, d, scale=1.5 * d**-0.5, dtype=dtype) for _ in range(4)]
    return [draw.normal(n, t, d, dtype=dtype), *weights]


def assert_heads(student, reference, args, h):
    """Assert a result, whose errors are relative to the largest sum of values."""
    X, _W_q, _W_k, W_v, W_o = args
    scale = float(np.abs(np.abs(X @ W_v) @ np.abs(W_o)).max())
    terms, condition = X.shape[1] + X.shape[2], 1 if X.dtype == np.float64 else 10
    expected = reference.multi_head_attention(*args, h)
    found = student.multi_head_attention(*args, h)
    assert_close(found, expected, terms=terms, condition=condition, scale=scale)


@points(3)
def test_values(student, reference, draw):
    """Each head attends on its own columns, and the output weights combine the heads.

    zh: 每个头在自己的列上计算注意力，再由输出权重把各个头的结果组合起来。
    """
    shapes = [(2, 3, 4, 2), (3, 5, 6, 3), (1, 4, 6, 2), (4, 2, 12, 4), (3, 3, 9, 3), (2, 2, 4, 2)]
    for n, t, d, h in shapes:
        for dtype in (None, "float64"):
            args = arguments(draw, n, t, d, dtype)
            assert_heads(student, reference, args, h)
    # arrays that coincide, and arguments that are easily taken for earlier ones
    _X, *weights = arguments(draw, 6, 3, 4)
    for args in draw.relatives(draw.coincident(3, 4), *weights):
        assert_heads(student, reference, args, 2)


@points(1)
def test_one_head_and_as_many_as_features(student, reference, draw):
    """There may be a single head, or one for each feature.

    zh: 可以只有一个头，也可以每个特征一个头。
    """
    for n, t, d, h in [(2, 3, 4, 1), (2, 3, 4, 4), (3, 2, 5, 1), (1, 4, 5, 5), (2, 3, 1, 1)]:
        args = arguments(draw, n, t, d)
        assert_heads(student, reference, args, h)
