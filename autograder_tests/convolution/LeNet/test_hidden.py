import numpy as np

from grader.checks import Mismatch, Text, assert_close, assert_unchanged, points, says

from .network import LAYERS, drawn, known_parameters, logits, made, place_of


@points(1)
def test_activation(student, draw):
    """An activation follows the layer before the last one, too.

    zh: 倒数第二层之后也有激活函数。
    """
    net = made(student, draw)
    new, X = drawn(known_parameters(net), draw), draw.normal(2, 1, 28, 28)
    weight, bias, _inputs = LAYERS[-2]
    # Without an activation, the network is a linear function of both parameters of this layer.
    results = []
    for factor in (-1, 0, 1, 2):
        scaled = list(new)
        for place in (place_of(new, weight), place_of(new, bias)):
            scaled[place] = factor * new[place]
        net.set_parameters(scaled)
        results.append(logits(net, X))
    steps = np.diff(results, axis=0)
    if not np.abs(np.diff(steps, axis=0)).max() > 1e-3 * np.abs(steps).max():
        raise Mismatch(
            Text(
                "No activation follows the layer before the last one.",
                "倒数第二层之后没有激活函数。",
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
    X = draw.normal(4, 1, 28, 28)
    before = X.copy()
    together = logits(net, X)
    assert_unchanged(X, before, "X")
    scale = float(np.abs(together).max() + 9)
    for i in (2, 0):
        alone = net(before[i : i + 1])
        assert_close(alone, together[i : i + 1], terms=400, condition=20, scale=scale)
    if np.allclose(together[0], together[1], rtol=1e-4):
        raise Mismatch(Text("All images give the same result.", "所有图像得到了相同的结果。"))
