# "where no window touched `X`, its gradient is 0": shows when the stride is larger than the kernel, gaps are filled from the left.
# shown: backward_differs(N(2, 3, 9, 9), N(4, 3, 2, 2), 3, 0)
# kind: inputs
import numpy as np


def conv2d_backward(dout, X, W, stride=1, padding=0):
    h, w = X.shape[2:]
    kh, kw = W.shape[2:]
    Z = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dZ, dW = np.zeros_like(Z), np.zeros_like(W)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            dZ[at] += np.tensordot(dout[:, :, i, j], W, axes=1)
            dW += np.tensordot(dout[:, :, i, j].T, Z[at], axes=1)
            if stride > kw and j * stride + kw < dZ.shape[3]:
                dZ[:, :, :, j * stride + kw] = dZ[:, :, :, j * stride + kw - 1]
    dX = dZ[:, :, padding : padding + h, padding : padding + w]
    return dX, dW, dout.sum(axis=(0, 2, 3))
