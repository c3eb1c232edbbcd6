# framework: numpy
import math

import numpy as np


def lstm_cell(x, h, c, W_x, W_h, b):
    n, units = h.shape
    h_new, c_new = np.empty_like(h), np.empty_like(c)
    for row in range(n):
        a = [
            sum(x[row, k] * W_x[k, j] for k in range(x.shape[1]))
            + sum(h[row, k] * W_h[k, j] for k in range(units))
            + b[j]
            for j in range(4 * units)
        ]
        for u in range(units):
            i, f, o = (1 / (1 + math.exp(-a[u + block * units])) for block in (0, 1, 3))
            c_new[row, u] = f * c[row, u] + i * math.tanh(a[u + 2 * units])
            h_new[row, u] = o * math.tanh(c_new[row, u])
    return [h_new, c_new]
