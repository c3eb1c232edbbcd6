import numpy as np

from grader.checks import assert_close, points


def arguments(draw, *shape, dtype=None):
    """Return X, gamma and beta."""
    gamma, beta = draw.normal(shape[-1], dtype=dtype), draw.normal(shape[-1], dtype=dtype)
    return [draw.normal(*shape, dtype=dtype), gamma, beta]


@points(2)
def test_values(student, reference, draw):
    """Each vector along the last axis is normalised by itself, then scaled and shifted.

    zh: 沿最后一个轴的每个向量各自规范化，然后缩放并偏移。
    """
    for shape in [(3, 5), (2, 3, 4), (4, 4), (4, 3, 3), (6,), (1, 70), (50, 4)]:
        args = arguments(draw, *shape)
        expected = reference.layer_norm(*args)
        assert_close(student.layer_norm(*args), expected, terms=shape[-1], condition=50)
    args = arguments(draw, 3, 2, 6, dtype="float64")
    args[0] = 3 * args[0] + 5
    expected = reference.layer_norm(*args)
    assert_close(student.layer_norm(*args), expected, terms=6, condition=10)
    # vectors that coincide, and arguments that are easily taken for earlier ones
    for args in draw.relatives(draw.coincident(4), draw.normal(4), draw.normal(4)):
        expected = reference.layer_norm(*args)
        assert_close(student.layer_norm(*args), expected, terms=4, condition=10)


@points(1)
def test_eps(student, reference, draw):
    """The number eps is added to the variance, under the root; it is 1e-5 if none is given.

    zh: eps加在根号内的方差上；未给出时为1e-5。
    """
    for eps in (1.0, 0.13, 0.002, 1e-5):
        X, gamma, beta = arguments(draw, 4, 8, dtype="float64")
        X *= np.array([[1.0], [0.1], [0.01], [0.003]])
        expected = reference.layer_norm(X, gamma, beta, eps)
        assert_close(student.layer_norm(X, gamma, beta, eps), expected, terms=8)
    for scale in (0.003, 0.02):
        X, gamma, beta = arguments(draw, 3, 8)
        X = draw.cast(scale * X)
        expected = reference.layer_norm(X, gamma, beta)
        assert_close(student.layer_norm(X, gamma, beta), expected, terms=8, condition=5)
    # vectors whose entries are all equal
    X = draw.cast(np.full((2, 4), 0.75))
    expected = reference.layer_norm(X, draw.cast([1, 2, 3, 4]), draw.cast([1, -1, 2, -2]))
    found = student.layer_norm(X, draw.cast([1, 2, 3, 4]), draw.cast([1, -1, 2, -2]))
    assert_close(found, expected)
