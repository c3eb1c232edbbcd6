# framework: numpy
import numpy as np


class Layer:
    """A fully connected layer whose parameters stand in a list."""

    def __init__(self, inputs, outputs):
        self.params = [np.random.randn(inputs, outputs) / np.sqrt(inputs), np.zeros(outputs)]

    def forward(self, X):
        W, b = self.params
        return np.dot(X, W) + b


class Sigmoid:
    params = []

    def forward(self, X):
        return 1 / (1 + np.exp(-X))


class MLP:
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        self.layers = [Layer(num_inputs, num_hiddens), Sigmoid(), Layer(num_hiddens, num_outputs)]
        # once more, for an optimizer: the same arrays
        self.params = [array for layer in self.layers for array in layer.params]

    def __call__(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X


class MySequential:
    def __init__(self, *blocks):
        self.blocks = list(blocks)

    def __call__(self, X):
        for block in self.blocks:
            X = block(X)
        self.out = X
        return self.out

    def parameters(self):
        return [array for block in self.blocks for array in block.parameters()]
