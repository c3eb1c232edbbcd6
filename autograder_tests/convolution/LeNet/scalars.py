"""Sets the parameters of a LeNet so that it does with images what scalar functions do with numbers.

Every kernel of the first convolution, and every one of the second, copies its input; every weight
of a fully connected layer is the same. So a constant image passes as one number, through

    logit = u(b4 + w4 u(b3 + w3 u(b2 + w2 u(b1 + z)))),

u being the activations. Where a weight is small, the layer above it is as good as linear, and the
logit shows what the layer below it does.
"""

import numpy as np

from .network import LAYERS, logits, place_of

#: weight of a layer of which only the slope matters, and of one that is above it
SMALL, USUAL = 0.02, 0.5

#: bias at which usual activations have a slope
BIAS = 0.3


def copies(shape):
    """Return kernels that give the mean channel; None if it is unclear how *shape* is meant."""
    sizes = sorted(n for n in shape if n > 1)
    at, kernels = [slice(None)] * len(shape), np.zeros(shape)
    if sizes in ([6, 25], [5, 5, 6], [5, 5, 6, 16]):
        for axis, n in enumerate(shape):
            if n in (5, 25):
                at[axis] = n // 2
        kernels[tuple(at)] = 1 / 6 if 16 in sizes else 1
        return kernels
    return None


class Scalars:
    """A network whose parameters are set to pass numbers.

    Attributes:
        is_clear: whether it is known how its kernels are stored.
    """

    def __init__(self, net, parameters):
        self.net, self.parameters = net, parameters
        self.kernels = [copies(parameters[place_of(parameters, n)].shape) for n in (150, 2400)]
        self.is_clear = all(kernels is not None for kernels in self.kernels)

    def set(self, biases, weights, kernels=(None, None)):
        """Set the first four biases, and the weights of the second to the fourth layer."""
        new = [np.zeros(p.shape) for p in self.parameters]
        factors = [1.0, *weights, 1.0]
        for i, ((weight, bias, inputs), factor) in enumerate(zip(LAYERS, factors, strict=True)):
            place = place_of(new, weight)
            kernel = kernels[i] if i < 2 else None
            new[place] = factor * (
                np.full(new[place].shape, 1 / inputs) if kernel is None else kernel
            )
            if i < 4:
                new[place_of(new, bias)] += biases[i]
        dtype = self.parameters[0].dtype
        self.net.set_parameters([p.astype(dtype) for p in new])

    def __call__(self, X):
        """Return the first logit of each image."""
        return logits(self.net, X)[:, 0]


def constants(values):
    """Return a constant image (1, 28, 28) for each value."""
    return np.tile(np.reshape(values, (-1, 1, 1, 1)), (1, 1, 28, 28))


def tiles(patterns):
    """Return images (n, 1, 28, 28) that repeat patterns (n, h, w)."""
    return np.tile(patterns[:, None], (1, 1, 7, 7))[:, :, :28, :28]


def pooled(of):
    """Return (n, h, w) pooled to (n, h / 2, w / 2): by the mean, the maximum, the minimum.

    What is the maximum of the activations is the minimum of the logits if a slope is negative.
    """
    n, h, w = of.shape
    parts = of.reshape(n, h // 2, 2, w // 2, 2)
    return [parts.mean(axis=(2, 4)), parts.max(axis=(2, 4)), parts.min(axis=(2, 4))]


def both_poolings(images):
    """Return (n,) for logits of the pixels (n, 1, 28, 28), for each choice of two poolings.

    The second convolution, which has no padding, leaves the inner 10 x 10 of the first pooling.
    """
    inner = images[:, 0, 4:24, 4:24]
    return [twice.mean(axis=(1, 2)) for once in pooled(inner) for twice in pooled(once)]


def bend(at, curve):
    """Return how far a curve is from a line, as a share of its range; 1 if it has no range."""
    at, curve = np.asarray(at, np.float64), np.asarray(curve, np.float64)
    scale = np.ptp(curve)
    if not scale > 1e-6 * np.abs(curve).max():
        return 1.0
    return float(np.abs(curve - np.polyval(np.polyfit(at, curve, 1), at)).max() / scale)
