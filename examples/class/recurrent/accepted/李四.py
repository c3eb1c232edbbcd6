# framework: numpy
import numpy as np


def gate(k, x, h, W_x, W_h, b):
    n = h.shape[1]
    part = slice(k * n, (k + 1) * n)
    return x @ W_x[:, part] + h @ W_h[:, part] + b[part]


def sigma(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def lstm_cell(x, h, c, W_x, W_h, b):
    args = (x, h, W_x, W_h, b)
    new = sigma(gate(1, *args)) * c + sigma(gate(0, *args)) * np.tanh(gate(2, *args))
    return [sigma(gate(3, *args)) * np.tanh(new), new]
