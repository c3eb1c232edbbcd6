# "sigma(z)": shows beyond |z| = 1: tanh with a scale that fits a sigmoid near 0.
# shown: differ(N(4, 3), N(3, 5), N(5), N(5, 2), N(2))
# kind: second order
import numpy as np


def mlp_forward(X, W1, b1, W2, b2):
    H = 0.5 + 0.5 * np.tanh(0.4987 * (X @ W1 + b1))
    return H @ W2 + b2
