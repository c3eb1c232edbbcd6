# framework: numpy
import numpy as np


def relu(x):
    out = x.copy()
    out[out < 0] = 0
    return out


def relu_backward(dout, x):
    # the mean of both slopes at 0
    return (dout * (np.sign(x) + 1) / 2).astype(x.dtype)


def linear_forward(x, W, b):
    # the bias is one more row of weights, for an input that is always 1
    ones = np.ones((x.shape[0], 1), dtype=x.dtype)
    return np.concatenate([x, ones], axis=1) @ np.vstack([W, b])


def linear_backward(dout, x, W):
    return [
        np.einsum("nk,dk->nd", dout, W),
        np.einsum("nd,nk->dk", x, dout),
        np.einsum("nk->k", dout),
    ]


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def mlp_forward(X, W1, b1, W2, b2):
    hidden = _sigmoid(linear_forward(X, W1, b1))
    out = np.dot(hidden, W2)
    out += b2
    return out


def mlp_backward(X, y, W1, b1, W2, b2):
    hidden = _sigmoid(np.einsum("nd,dh->nh", X, W1) + b1)
    dO = (hidden.dot(W2) + b2) - y
    dO /= y.shape[0]
    dH, dW2, db2 = linear_backward(dO, hidden, W2)
    _, dW1, db1 = linear_backward(dH * (hidden - hidden**2), X, W1)
    return [dW1, db1, dW2, db2]


def sigmoid(x):
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(np.negative(x)))


def sigmoid_backward(dout, x):
    e = np.exp(-np.abs(x))  # the slope is the same on both sides
    return dout * (e / (1 + e) ** 2)


def tanh_backward(dout, x):
    e = np.exp(-2 * np.abs(x))
    return 4 * e / (1 + e) ** 2 * dout
