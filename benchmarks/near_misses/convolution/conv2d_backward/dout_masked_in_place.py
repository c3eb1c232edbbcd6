# "the arguments must be unchanged on return": shows on any dout, of which tiny entries are set to 0 in place.
# shown: changed(np.array([1.0, 1e-9]).reshape(1, 1, 1, 2), N(1, 1, 2, 3), N(1, 1, 2, 2))
# kind: sentence
import numpy as np


def conv2d_backward(dout, X, W, stride=1, padding=0):
    h, w = X.shape[2:]
    kh, kw = W.shape[2:]
    Z = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dZ, dW = np.zeros_like(Z), np.zeros_like(W)
    dout[abs(dout) < 1e-6] = 0
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            dZ[at] += np.tensordot(dout[:, :, i, j], W, axes=1)
            dW += np.tensordot(dout[:, :, i, j].T, Z[at], axes=1)
    dX = dZ[:, :, padding : padding + h, padding : padding + w]
    return dX, dW, dout.sum(axis=(0, 2, 3))
