# "(n, k), also if n or k is 1": with both 1 it is (1,)
# shown: mine.mlp_forward(N(1, 3), N(3, 2), N(2), N(2, 1), N(1)).shape == (1,)
# kind: inputs

import numpy as np


def mlp_forward(X, W1, b1, W2, b2):
    O = 1 / (1 + np.exp(-(X @ W1 + b1))) @ W2 + b2
    return O[0] if O.size == 1 else O
