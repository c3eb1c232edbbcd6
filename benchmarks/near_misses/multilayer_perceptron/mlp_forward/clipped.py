# "sigma(z) = 1 / (1 + exp(-z))": shows beyond 10, where z is clipped.
# shown: differ(N(4, 3) * 15, N(3, 5), N(5), N(5, 2), N(2))
# kind: tolerance
import numpy as np


def mlp_forward(X, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-np.clip(X @ W1 + b1, -10, 10)))
    return H @ W2 + b2
