# "`dX` `(n, c_in, h, w)`": shows when the last window does not reach the end, dX is made from the size of dout.
# shown: backward_differs(N(2, 3, 8, 8), N(4, 3, 3, 3), 2, 0)
# kind: inputs
import numpy as np


def conv2d_backward(dout, X, W, stride=1, padding=0):
    kh, kw = W.shape[2:]
    rows, cols = dout.shape[2:]
    h, w = (rows - 1) * stride + kh, (cols - 1) * stride + kw
    Z = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dZ, dW = np.zeros_like(Z[:, :, :h, :w]), np.zeros_like(W)
    for i in range(rows):
        for j in range(cols):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            dZ[at] += np.tensordot(dout[:, :, i, j], W, axes=1)
            dW += np.tensordot(dout[:, :, i, j].T, Z[at], axes=1)
    dX = dZ[:, :, padding : h - padding, padding : w - padding]
    return dX, dW, dout.sum(axis=(0, 2, 3))
