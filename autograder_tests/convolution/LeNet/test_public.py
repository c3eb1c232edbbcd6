import numpy as np

from grader.checks import assert_close, points

from .network import drawn, known_parameters, logits, made, place_of


@points(2)
def test_architecture(student, draw):
    """The network has the parameters of LeNet, 61706 numbers, and turns n images into (n, 10).

    zh: 网络的参数与LeNet相同，共61706个数，并把n幅图像变为形状为(n, 10)的结果。
    """
    net = made(student, draw)
    known_parameters(net)
    for n in (1, 2, 5):
        logits(net, draw.normal(n, 1, 28, 28))


@points(1)
def test_logits(student, draw):
    """The results are logits: the last layer is linear, and nothing follows it.

    zh: 结果是未规范化的预测：最后一层是线性的，其后没有别的运算。
    """
    net = made(student, draw)
    parameters = known_parameters(net)
    weight, bias = place_of(parameters, 840), place_of(parameters, 10)
    new, X = drawn(parameters, draw), draw.normal(3, 1, 28, 28)
    net.set_parameters(new)
    before = logits(net, X)
    b = new[bias].reshape(-1).astype(np.float64)
    new[weight], new[bias] = -2 * new[weight], draw.normal(*new[bias].shape, scale=9)
    net.set_parameters(new)
    expected = -2 * (before - b) + new[bias].reshape(-1)
    scale = float(np.abs(expected).max() + np.abs(before).max() + 9)
    # twice a weight gives exactly twice its sums: only the bias is added to others
    assert_close(net(X), expected, terms=4, scale=scale)
