# "sigma(z) = 1 / (1 + exp(-z))": shows to eight digits, 1e-7 is added below.
# shown: differ(N(4, 3), N(3, 5), N(5), N(5, 2), N(2))
# kind: tolerance
import numpy as np


def mlp_forward(X, W1, b1, W2, b2):
    H = 1 / (1 + 1e-7 + np.exp(-(X @ W1 + b1)))
    return H @ W2 + b2
