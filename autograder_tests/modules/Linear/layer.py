"""Reads and sets the parameters of a layer, however it stores them."""

from ..shared import assert_sizes, bias_of, built, weight_of


class Layer:
    """A layer from d inputs to k outputs, which are different and more than 1."""

    def __init__(self, student, draw, d, k):
        self.name = f"Linear({d}, {k})"
        self.block = built(student.Linear(d, k), draw.normal(2, d), self.name)
        self.parameters = self.block.parameters()
        assert_sizes(self.parameters, [d * k, k], self.name)
        self.place, self.turned = weight_of(self.parameters, d, k, self.name)
        bias_of(self.parameters, k, self.name)

    @property
    def weight(self):
        """The weight (d, k) that the layer began with."""
        return self.in_order(self.parameters)[0]

    def set(self, W, b):
        """Put values into the parameters."""
        new = [None, None]
        new[self.place] = W.T if self.turned else W
        new[1 - self.place] = b.reshape(self.parameters[1 - self.place].shape)
        self.block.set_parameters(new)

    def in_order(self, parts):
        """Return what belongs to the weight, as (d, k), and what belongs to the bias, as (k,)."""
        W, b = parts[self.place], parts[1 - self.place]
        if W is not None and self.turned:
            W = W.T
        return W, None if b is None else b.reshape(-1)
