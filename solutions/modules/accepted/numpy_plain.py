# framework: numpy
import numpy as np


class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.random.randn(in_features, out_features) / np.sqrt(in_features)
        self.b = np.zeros((1, out_features))

    def __call__(self, X):
        self.X = X
        return X.dot(self.W) + self.b

    def backward(self, dout):
        return self.X.T @ dout, dout.sum(axis=0)


class MLP:
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        self.layers = [Linear(num_inputs, num_hiddens), Linear(num_hiddens, num_outputs)]

    def __call__(self, X):
        H = self.layers[0](X)
        return self.layers[1](np.where(H > 0, H, 0.1 * H))


class MySequential:
    def __init__(self, *blocks):
        self.blocks = blocks

    def __call__(self, X):
        for block in self.blocks:
            X = block(X)
        return X


class Dropout:
    def __init__(self, p):
        self.p = p
        self.training = True

    def __call__(self, X):
        if not self.training:
            return X
        keep = np.random.rand(*X.shape) >= self.p
        return np.where(keep, X / (1 - self.p) if self.p < 1 else 0 * X, 0)
