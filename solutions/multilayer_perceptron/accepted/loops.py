# framework: numpy
import math

import numpy as np


def relu(x):
    out = np.empty_like(x)
    for index in np.ndindex(*x.shape):
        out[index] = x[index] if x[index] > 0 else 0
    return out


def relu_backward(dout, x):
    dx = dout.copy()
    for index in np.ndindex(*x.shape):
        if x[index] < 0:  # slope 1 at 0
            dx[index] = 0
    return dx


def linear_forward(x, W, b):
    y = np.zeros((len(x), len(b)), dtype=x.dtype)
    for i in range(len(x)):
        for j in range(len(b)):
            for m in range(len(W)):
                y[i, j] += x[i, m] * W[m, j]
            y[i, j] += b[j]
    return y


def linear_backward(dout, x, W):
    dx, dW = np.zeros_like(x), np.zeros_like(W)
    db = np.zeros(W.shape[1], dtype=W.dtype)
    for i in range(x.shape[0]):
        for j in range(W.shape[1]):
            db[j] += dout[i, j]
            for m in range(W.shape[0]):
                dx[i, m] += dout[i, j] * W[m, j]
                dW[m, j] += dout[i, j] * x[i, m]
    return dx, dW, db


def _sigmoid(z):
    if z < 0:
        return math.exp(z) / (1 + math.exp(z))
    return 1 / (1 + math.exp(-z))


def mlp_forward(X, W1, b1, W2, b2):
    rows = []
    for x in X:
        hidden = [_sigmoid(x @ W1[:, j] + b1[j]) for j in range(len(b1))]
        rows.append(
            [
                sum(h * w for h, w in zip(hidden, W2[:, j], strict=True)) + b2[j]
                for j in range(len(b2))
            ]
        )
    return np.array(rows, dtype=X.dtype)


def mlp_backward(X, y, W1, b1, W2, b2):
    n = X.shape[0]
    dW1, db1 = np.zeros_like(W1), np.zeros_like(b1)
    dW2, db2 = np.zeros_like(W2), np.zeros_like(b2)
    for x, target in zip(X, y, strict=True):
        h = np.array([_sigmoid(z) for z in x @ W1 + b1])
        error = h @ W2 + b2 - target
        dW2 += np.outer(h, error) / n
        db2 += error / n
        dz = (W2 @ error) * h * (1 - h)
        dW1 += np.outer(x, dz) / n
        db1 += dz / n
    return dW1, db1, dW2, db2


def sigmoid(x):
    return np.array([_sigmoid(v) for v in x.flat], dtype=x.dtype).reshape(x.shape)


def sigmoid_backward(dout, x):
    dx = np.zeros_like(x)
    for index in np.ndindex(*x.shape):
        y = _sigmoid(x[index])
        dx[index] = dout[index] * y * (1 - y)
    return dx


def tanh_backward(dout, x):
    dx = dout.copy()
    for index, v in np.ndenumerate(x):
        dx[index] *= 1 - math.tanh(v) ** 2
    return dx
