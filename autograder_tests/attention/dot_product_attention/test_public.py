import numpy as np

from grader.checks import assert_close, points


def qkv(draw, n, q, k, d, v, dtype=None):
    """Return Q, K and V; scores are about normal."""
    return [draw.normal(*shape, dtype=dtype) for shape in [(n, q, d), (n, k, d), (n, k, v)]]


def assert_averages(student, reference, args, condition=5):
    """Assert that values are averaged; errors are relative to the largest value."""
    V, terms = args[2], args[1].shape[1] + args[1].shape[2]
    magnified = 1 if V.dtype == np.float64 else condition
    scale = float(np.abs(V).max())
    expected = reference.dot_product_attention(*args)
    found = student.dot_product_attention(*args)
    assert_close(found, expected, terms=terms, condition=magnified, scale=scale)


@points(2)
def test_values(student, reference, draw):
    """Each row is the average of the values, weighted by the softmax of the scaled scores.

    zh: 每一行是各个值的加权平均，权重是缩放后的得分的softmax。
    """
    for n, q, k, d, v in [(2, 3, 4, 5, 6), (1, 4, 4, 4, 4), *draw.sizes(5, 20)]:
        assert_averages(student, reference, qkv(draw, n, q, k, d, v))
    assert_averages(student, reference, qkv(draw, 3, 2, 5, 4, 3, "float64"))
    # arrays that coincide, and arguments that are easily taken for earlier ones
    K, V = draw.coincident(3, 4), draw.normal(6, 3, 2)
    for args in draw.relatives(draw.normal(6, 2, 4), K, V):
        assert_averages(student, reference, args)


@points(2)
def test_mask(student, reference, draw):
    """A query gets nothing of the values at which its mask is False.

    zh: 掩码为False处的值对相应的查询没有任何贡献。
    """
    masks = [np.array([[[True, False, True], [False, False, True]]])]
    masks += [
        draw.mask(*shape) for shape in [(2, 3, 4), (3, 2, 5), (3, 3, 3), (2, 1, 3), (2, 3, 1)]
    ]
    masks += [np.ones((2, 3, 4), bool)]
    for mask in masks:
        n, q, k = mask.shape
        mask[..., -1] |= ~mask.any(-1)  # each query may attend to something
        for dtype in (None, "float64"):
            args = [*qkv(draw, n, q, k, 4, 3, dtype), mask.copy()]
            assert_averages(student, reference, args)


@points(1)
def test_large_scores(student, reference, draw):
    """Scores may be near 1000 and near -1000, in one row and in different rows.

    zh: 得分可以接近1000和-1000，无论它们在同一行还是在不同行。
    """
    Q, K, V = qkv(draw, 2, 3, 16, 4, 1)
    Q[:, :, 0] = draw.cast([20, -20, 0.5])
    for first in ([100, -100, 0, 100], [100], [-100]):
        K[:, :, 0] = draw.cast(np.resize(first, 16))
        args = [Q.copy(), K.copy(), V.copy()]
        assert_averages(student, reference, args, condition=1000)
