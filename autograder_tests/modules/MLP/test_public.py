import numpy as np

from grader.checks import assert_close, points

from ..shared import assert_shape_of_result, assert_sizes, built
from .layers import Layers


@points(2)
def test_parameters(student, draw):
    """The block has a weight and a bias for each layer, and nothing else; it gives n outputs.

    zh: 这个块的每一层各有一个权重和一个偏置，除此之外没有其他参数；n个样本得到n行输出。
    """
    for d, h, k, n in [
        (4, 8, 3, 5),
        (3, 2, 7, 1),
        (1, 5, 2, 4),
        (6, 4, 1, 3),
        (4, 4, 4, 2),
        (5, 99, 5, 6),
    ]:
        what, X = f"MLP({d}, {h}, {k})", draw.normal(n, d)
        net = built(student.MLP(d, h, k), X, what)
        assert_sizes(net.parameters(), [d * h, h, h * k, k], what)
        assert_shape_of_result(net(X), n, k)


@points(2)
def test_layers(student, draw):
    """The result is the second layer of the activated first one; nothing is applied to it.

    zh: 结果是先经过第一层和激活函数、再经过第二层得到的；输出上没有再做任何处理。
    """
    for d, h, k, n, factor in [(4, 8, 3, 6, 1), (5, 3, 7, 1, 1), (2, 6, 4, 3, 300)]:
        mlp = Layers(student, d, h, k, draw)
        X, W1, b1 = draw.normal(n, d), draw.normal(d, h), draw.normal(h)
        W2, b2 = draw.normal(h, k, scale=factor), draw.normal(k)
        Z = X.astype(np.float64) @ W1 + b1
        H = mlp.activated(Z.astype(X.dtype))
        mlp.set(W1, b1, W2, b2)
        scale = float((np.abs(H) @ np.abs(W2) + np.abs(b2)).max() + np.abs(Z).max())
        assert_close(mlp.net(X.copy()), H @ W2 + b2, terms=d + h, condition=4, scale=scale)
        mlp.set(W1, b1, -W2, b2)
        assert_close(mlp.net(X), b2 - H @ W2, terms=d + h, condition=4, scale=scale)
    net = built(student.MLP(5, 3, 5), draw.normal(5, 5), "MLP(5, 3, 5)")
    net.set_parameters([0 * p for p in net.parameters()])
    assert_close(net(draw.normal(5, 5)), np.zeros((5, 5)))
