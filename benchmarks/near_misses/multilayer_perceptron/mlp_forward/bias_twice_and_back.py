# "X W_1 + b_1": shows when b1 is not 0: the bias is taken off both the argument and, to first order, the result.
# shown: differ(N(4, 3), N(3, 5), 0.3 * N(5), N(5, 2), N(2))
# kind: second order
import numpy as np


def mlp_forward(X, W1, b1, W2, b2):
    H = 1 / (1 + np.exp(-(X @ W1)))
    return (H + b1 * H * (1 - H)) @ W2 + b2
