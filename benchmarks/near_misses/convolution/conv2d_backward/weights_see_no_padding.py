# "`padding`": shows when padding is not 0 and dout is not 0 at the border: dW uses edge values in place of zeros there.
# shown: backward_differs(N(2, 3, 5, 6), N(4, 3, 3, 3), 1, 1)
# kind: second order
import numpy as np


def conv2d_backward(dout, X, W, stride=1, padding=0):
    h, w = X.shape[2:]
    kh, kw = W.shape[2:]
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    Z = np.pad(X, sides, mode="edge")
    dZ, dW = np.zeros_like(Z), np.zeros_like(W)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            dZ[at] += np.tensordot(dout[:, :, i, j], W, axes=1)
            dW += np.tensordot(dout[:, :, i, j].T, Z[at], axes=1)
    dX = dZ[:, :, padding : padding + h, padding : padding + w]
    return dX, dW, dout.sum(axis=(0, 2, 3))
