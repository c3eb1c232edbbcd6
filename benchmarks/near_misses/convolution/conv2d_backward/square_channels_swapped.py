# "`dW` `(c_out, c_in, kh, kw)`": shows when there are as many input as output channels, which are swapped.
# shown: backward_differs(N(2, 3, 5, 6), N(3, 3, 2, 3), 1, 0)
# kind: inputs
import numpy as np


def conv2d_backward(dout, X, W, stride=1, padding=0):
    h, w = X.shape[2:]
    kh, kw = W.shape[2:]
    Z = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dZ, dW = np.zeros_like(Z), np.zeros((X.shape[1], len(W), kh, kw), W.dtype)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            dZ[at] += np.tensordot(dout[:, :, i, j], W, axes=1)
            dW += np.tensordot(Z[at], dout[:, :, i, j], axes=(0, 0)).transpose(0, 3, 1, 2)
    dX = dZ[:, :, padding : padding + h, padding : padding + w]
    return dX, dW if dW.shape == W.shape else dW.swapaxes(0, 1), dout.sum(axis=(0, 2, 3))
