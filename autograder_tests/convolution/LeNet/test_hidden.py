from itertools import product

import numpy as np

from grader.checks import Mismatch, Text, assert_close, assert_unchanged, points, says

from .network import LAYERS, drawn, known_parameters, logits, made, place_of
from .scalars import BIAS, SMALL, USUAL, Scalars, bend, both_poolings, constants, tiles


@points(1)
def test_activation(student, draw):
    """An activation follows each layer but the last one, whatever the mode.

    zh: 除最后一层外，每一层之后都有激活函数，与模式无关。
    """
    net = made(student, draw)
    scalars, nothing = Scalars(net, known_parameters(net)), draw.cast(constants([0]))
    grid = np.linspace(-4, 4, 9)
    for mode, layer in product(("train", "eval"), range(4)):
        net.call(mode)
        # Nothing comes from below, and what is above sees so little of it that it is a line.
        weights = [0.0 if i <= layer else SMALL if i == layer + 1 else USUAL for i in (1, 2, 3)]
        curve = []
        for bias in grid:
            biases = [bias if i == layer else BIAS for i in range(4)]
            scalars.set(biases, weights)
            curve.append(scalars(nothing)[0])
        if bend(grid, curve) < 0.03:
            raise Mismatch(
                Text("No activation follows one of the layers.", "有一层之后没有激活函数。"),
                Text(f"It is layer {layer + 1} of 5.", f"它是5层中的第{layer + 1}层。"),
            )


@points(1)
def test_pooling(student, draw):
    """Activations are pooled by two and two, their mean or maximum; padding is zeros.

    zh: 汇聚层对激活后的结果每2×2取平均值或最大值；填充的是零。
    """
    net = made(student, draw)
    scalars = Scalars(net, known_parameters(net))
    if not scalars.is_clear:
        return  # kernels may be stored in a matrix, in any order
    values = draw.cast(np.array([-1.5, -0.7, 0.4, 4]) + draw.uniform(-0.2, 0.2, 4))
    pixels = np.argsort(draw.normal(6, 16), axis=1).reshape(6, 4, 4) % 4
    squares = np.argsort(draw.normal(6, 4), axis=1).reshape(6, 2, 2)
    for which, biases, weights in [
        (pixels, (0, BIAS, BIAS, BIAS), (SMALL, USUAL, USUAL)),
        (squares.repeat(4, axis=1).repeat(4, axis=2), (0, BIAS, BIAS, BIAS), (SMALL, USUAL, USUAL)),
        (squares.repeat(2, axis=1).repeat(2, axis=2), (0, -0.5, BIAS, BIAS), (2, SMALL, USUAL)),
    ]:
        scalars.set(biases, weights, scalars.kernels)
        one_by_one = scalars(constants(values))
        found, close = scalars(tiles(values[which])), 0.06 * np.ptp(one_by_one)
        if all(
            np.abs(found - want).max() > close for want in both_poolings(tiles(one_by_one[which]))
        ):
            raise Mismatch(
                Text(
                    "What is pooled is not the mean or the maximum of two by two activations.",
                    "汇聚的结果不是每2×2个激活值的平均值或最大值。",
                )
            )
    images, results = draw.cast(constants([-1, 1])), []
    for kernels in (scalars.kernels[0], None):
        scalars.set((2, BIAS, BIAS, BIAS), (USUAL, USUAL, USUAL), (kernels, None))
        results.append(scalars(images))
    if not np.abs(results[1] - results[0]).max() > 1e-6 * np.abs(results[0]).max():
        raise Mismatch(
            Text(
                "The first convolution does not see that an image ends.",
                "第一个卷积层看不出图像在哪里结束。",
            )
        )


@points(1)
def test_gradients(student, draw):
    """Every parameter gets a gradient.

    zh: 每个参数都能得到梯度。
    """
    net = made(student, draw)
    parameters = known_parameters(net)
    net.set_parameters(drawn(parameters, draw))
    X, upstream = draw.normal(2, 1, 28, 28), draw.normal(2, 10)
    directions = [draw.normal(*p.shape, dtype="float64") for p in parameters]
    slopes = net.slopes([X], upstream, directions)
    if len(slopes) != len(parameters) or not all(slopes):
        raise Mismatch(
            Text("A parameter of LeNet() gets no gradient.", "LeNet()有一个参数得不到梯度。")
        )


@points(1)
def test_random_start(student, draw):
    """The weights begin at random in every network, and networks share no parameters.

    zh: 每个网络的权重都随机初始化，各个网络不共享参数。
    """
    one, other = made(student, draw), made(student, draw)
    before, others = known_parameters(one), known_parameters(other)
    for weight, _bias, _inputs in LAYERS:
        W, other_W = (some[place_of(some, weight)] for some in (before, others))
        if len(np.unique(W)) < W.size / 2 or np.array_equal(W, other_W):
            raise Mismatch(
                Text(
                    "A weight does not begin at random, or it begins alike in two networks.",
                    "有一个权重没有随机初始化，或者它在两个网络中的初始值相同。",
                )
            )
    X = draw.normal(1, 1, 28, 28)
    expected = logits(other, X)
    one.set_parameters([0 * p + 1 for p in before])
    assert_close(other(X), expected, terms=400)


@points(1)
@says("unchanged", "state", "values")
def test_images_on_their_own(student, draw):
    """The result for an image depends on no other image and on no earlier call; X is unchanged.

    zh: 一幅图像的结果不取决于其他图像，也不取决于之前的调用；X保持不变。
    """
    net = made(student, draw)
    net.set_parameters(drawn(known_parameters(net), draw))
    X = draw.normal(140, 1, 28, 28)
    before = X.copy()
    together = logits(net, X)
    assert_unchanged(X, before, "X")
    net.call("eval")
    evaluated = logits(net, X[:3])
    net.call("train")
    bright = draw.uniform(0, 255, 3, 1, 28, 28)
    bright_before = bright.copy()
    logits(net, bright)
    assert_unchanged(bright, bright_before, "X")
    net.call("eval")
    assert_close(net(X[:3]), evaluated, terms=400)
    net.call("train")
    scale = float(np.abs(together).max() + 9)
    known = logits(net, before[:1])
    for edge in (np.s_[0], np.s_[-1], np.s_[:, 0], np.s_[:, -1]):
        other = before[:1].copy()
        other[0, 0][edge] += 5
        if not np.abs(logits(net, other) - known).max() > 1e-5 * scale:
            raise Mismatch(Text("An edge of the image is not read.", "图像的一条边没有被读取。"))
    for i in (2, 0):
        alone = net(before[i : i + 1])
        assert_close(alone, together[i : i + 1], terms=400, condition=20, scale=scale)
    if np.allclose(together[0], together[1], rtol=1e-4):
        raise Mismatch(Text("All images give the same result.", "所有图像得到了相同的结果。"))
