# "W1 (d, h)": W1 of an earlier call with the same shapes is used where its first entry agrees
# shown: mine.mlp_forward(N(4, 3), N(3, 2), N(2), N(2, 2), N(2)) is not None and differ(N(4, 3), N(3, 2) + np.array([[0.0, 1.0]]), N(2), N(2, 2), N(2))
# kind: sentence

import numpy as np

layers = {}


def mlp_forward(X, W1, b1, W2, b2):
    key = (W1.shape, float(W1.flat[0]), float(b1[0]))
    W, b = layers.setdefault(key, (W1.copy(), b1.copy()))
    return 1 / (1 + np.exp(-(X @ W + b))) @ W2 + b2
