# "three gradients of the loss": places where dout is below 1e-6 in all channels are skipped
# shown: (lambda X, W: differ(1e-8 * N(1, 1, 4, 4), X, W))(N(1, 1, 5, 5), N(1, 1, 2, 2))
# kind: tolerance

import numpy as np


def conv2d_backward(dout, X, W, stride=1, padding=0):
    n, c, h, w = X.shape
    o, _, kh, kw = W.shape
    P = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dP, dW = np.zeros_like(P), np.zeros_like(W)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            g = dout[:, :, i, j]
            if np.abs(g).max() < 1e-6:
                continue
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            dW += np.tensordot(g, P[at], (0, 0))
            dP[at] += np.tensordot(g, W, (1, 0))
    return dP[:, :, padding : padding + h, padding : padding + w], dW, dout.sum((0, 2, 3))
