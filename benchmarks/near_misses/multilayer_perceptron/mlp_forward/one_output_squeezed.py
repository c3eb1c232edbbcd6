# "also if `n` or `k` is 1": shows on k = 1.
# shown: differ(N(4, 3), N(3, 5), N(5), N(5, 1), N(1))
# kind: inputs
import numpy as np


def mlp_forward(X, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    O = H @ W2 + b2
    return O[:, 0] if W2.shape[1] == 1 else O
