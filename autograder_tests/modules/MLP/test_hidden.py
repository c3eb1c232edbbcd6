import numpy as np

from grader.checks import Mismatch, Text, assert_close, assert_unchanged, points, says

from ..shared import assert_reached
from .layers import Layers


@points(1)
def test_activation(student, draw):
    """The activation is not linear, whatever the mode.

    zh: 无论处于哪种模式，激活函数都不是线性的。
    """
    mlp = Layers(student, 4, 8, 3, draw)
    z = np.linspace(-4, 4, 41).astype(draw.normal(1).dtype)
    for mode in ("train", "eval"):
        mlp.net.call(mode)
        a = mlp.activated(z)
        line = np.polyval(np.polyfit(z.astype(np.float64), a, 1), z)
        if not np.abs(a - line).max() > 0.01 * np.abs(a).max():
            raise Mismatch(
                Text(
                    "The hidden units are a linear function of the input.",
                    "隐藏单元是输入的线性函数。",
                )
            )


@points(1)
def test_gradients(student, draw):
    """Every parameter gets a gradient.

    zh: 每个参数都能得到梯度。
    """
    for d, h, k in [(4, 8, 3), (5, 16, 2)]:
        mlp = Layers(student, d, h, k, draw)
        X, upstream = draw.normal(20, d), draw.normal(20, k)
        assert_reached(mlp.net.gradients([X], upstream), mlp.name)


@points(1)
def test_random_start(student, draw):
    """The weights begin at random: no two hidden units and no two blocks are alike.

    zh: 权重随机初始化：任何两个隐藏单元都不相同，任何两个块也不相同。
    """
    one, other = (Layers(student, 4, 8, 3, draw) for _ in range(2))
    for W, other_W in zip(one.weights(), other.weights(), strict=True):
        if np.array_equal(W, other_W):
            raise Mismatch(
                Text("Two blocks begin with the same weights.", "两个块的初始权重相同。")
            )
        units = W if W.shape[0] == 8 else W.T
        if len(np.unique(units, axis=0)) < len(units):
            raise Mismatch(
                Text(
                    "Two hidden units begin with the same weights.", "两个隐藏单元的初始权重相同。"
                )
            )


@points(1)
@says("unchanged", "state", "values")
def test_on_its_own(student, draw):
    """A block changes with its own parameters alone, and it leaves X and itself as they are.

    zh: 一个块只随它自己的参数变化；调用它不会改变X，也不会改变它自己。
    """
    one, other = (Layers(student, 5, 6, 2, draw) for _ in range(2))
    X = draw.normal(7, 5, scale=300)
    before, expected = X.copy(), other.net(X)
    one.set(np.ones((5, 6)), np.ones(6), np.ones((6, 2)), np.ones(2))
    one.net(X)
    assert_close(other.net(X), expected)
    assert_unchanged(X, before, "X")
