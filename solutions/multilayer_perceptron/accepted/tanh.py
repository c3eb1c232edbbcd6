# framework: numpy
import numpy as np


def relu(x):
    return (x + np.abs(x)) / 2


def relu_backward(dout, x):
    return np.where(x >= 0, dout, 0).astype(dout.dtype)


def mlp_forward(X, W1, b1, W2, b2):
    # sigmoid(z) = (1 + tanh(z / 2)) / 2
    Z = np.matmul(X, W1) + b1
    return np.matmul(0.5 + 0.5 * np.tanh(0.5 * Z), W2) + b2.reshape(1, -1)


def mlp_backward(X, y, W1, b1, W2, b2):
    Z = np.matmul(X, W1) + b1
    t = np.tanh(Z / 2)
    H = (1 + t) / 2
    E = H @ W2 + b2 - y
    dZ = (E @ W2.T) * (1 - t * t) / 4
    n = X.shape[0]
    return X.T @ dZ / n, np.mean(dZ, axis=0), H.T @ E / n, np.mean(E, axis=0)


def sigmoid(x):
    return 0.5 * (np.tanh(x / 2) + 1)


def sigmoid_backward(dout, x):
    return dout * (1 - np.tanh(x / 2) ** 2) / 4


def tanh_backward(dout, x):
    t = np.tanh(x)
    return dout - dout * np.square(t)
