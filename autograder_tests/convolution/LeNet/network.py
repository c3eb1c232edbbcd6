"""Reads and sets the parameters of a LeNet, however it stores them."""

import numpy as np

from grader.checks import Mismatch, Text, as_array, as_block, assert_close

#: numbers of entries of weight and bias of each layer, all different, and inputs of a unit
LAYERS = [(150, 6, 25), (2400, 16, 150), (48000, 120, 400), (10080, 84, 120), (840, 10, 84)]


def made(student, draw):
    """Return a network that has been called once: some parameters are made in the first call."""
    net = as_block(student.LeNet(), "LeNet()")
    net(draw.normal(1, 1, 28, 28))
    return net


def known_parameters(net):
    """Return the parameters of a network, which must be those of LeNet, in any order and shape."""
    found = net.parameters()
    sizes = sorted(p.size for p in found)
    if sizes != sorted(n for layer in LAYERS for n in layer[:2]):
        raise Mismatch(
            Text("LeNet() has other parameters than it should have.", "LeNet()的参数不符合要求。"),
            Text(
                f"Their numbers of entries are {sizes}.",
                f"它们的元素个数是{sizes}。",
            ),
        )
    return found


def place_of(parameters, size):
    """Return the place of the parameter with *size* entries."""
    return next(i for i, p in enumerate(parameters) if p.size == size)


def drawn(parameters, draw):
    """Return values with which every layer matters, whatever the activation."""
    scales = {weight: 2 / np.sqrt(inputs) for weight, _bias, inputs in LAYERS}
    return [draw.normal(*p.shape, scale=scales.get(p.size, 0.3)) for p in parameters]


def logits(net, X):
    """Return the result (n, 10) in float64."""
    result = as_array(net(X), "net(X)")
    assert_close(0 * result, np.zeros((len(X), 10)), what="net(X)")
    return result.astype(np.float64)
