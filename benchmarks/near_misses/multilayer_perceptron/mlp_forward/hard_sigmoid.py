# "sigma(z) = 1 / (1 + exp(-z))": shows beyond 4, where it is 0 or 1.
# shown: differ(N(4, 3) * 5, N(3, 5), N(5), N(5, 2), N(2))
# kind: tolerance
import numpy as np


def mlp_forward(X, W1, b1, W2, b2):
    Z = X @ W1 + b1
    H = np.where(Z > 4, 1, np.where(Z < -4, 0, 1 / (1 + np.exp(-Z)))).astype(X.dtype)
    return H @ W2 + b2
