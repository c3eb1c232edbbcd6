"""Reads and sets the two layers of an MLP, however it stores them."""

import numpy as np

from ..shared import assert_sizes, bias_of, built, weight_of


class Layers:
    """An MLP with d inputs, h hidden units and k outputs, all different and more than 1."""

    def __init__(self, student, d, h, k, draw):
        self.name = f"MLP({d}, {h}, {k})"
        self.sizes = d, h, k
        self.net = built(student.MLP(d, h, k), draw.normal(2, d), self.name)
        self.parameters = self.net.parameters()
        assert_sizes(self.parameters, [d * h, h, h * k, k], self.name)
        self.first = weight_of(self.parameters, d, h, self.name)
        self.second = weight_of(self.parameters, h, k, self.name)
        self.biases = [bias_of(self.parameters, n, self.name) for n in (h, k)]

    def weights(self):
        """Return the weights, each as (inputs, outputs)."""
        places = self.first, self.second
        return [self.parameters[i].T if turned else self.parameters[i] for i, turned in places]

    def set(self, W1, b1, W2, b2):
        """Put values into the parameters."""
        new = list(self.parameters)
        for (place, turned), W in ((self.first, W1), (self.second, W2)):
            new[place] = W.T if turned else W
        for place, b in zip(self.biases, (b1, b2), strict=True):
            new[place] = b.reshape(self.parameters[place].shape)
        self.net.set_parameters(new)

    def activated(self, z):
        """Return what a hidden unit makes of each number in z, in the shape of z.

        The first unit is given z alone, and is the first output.
        """
        d, h, k = self.sizes
        W1, W2 = np.zeros((d, h)), np.zeros((h, k))
        W1[0, 0] = W2[0, 0] = 1
        self.set(W1, np.zeros(h), W2, np.zeros(k))
        X = np.zeros((z.size, d), z.dtype)
        X[:, 0] = z.reshape(-1)
        result = self.net(X)
        return np.asarray(result, np.float64)[:, 0].reshape(z.shape)
