# "in the dtype of the arguments": shows in float64, hidden units are of float32.
# shown: differ(N(4, 3), N(3, 5), N(5), N(5, 2), N(2))
# kind: tolerance
import numpy as np


def mlp_forward(X, W1, b1, W2, b2):
    H = (1 / (1 + np.exp(-(X @ W1 + b1)))).astype(np.float32)
    return (H.astype(X.dtype)) @ W2 + b2
