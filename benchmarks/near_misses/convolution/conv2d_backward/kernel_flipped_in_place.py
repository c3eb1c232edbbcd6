# "the arguments must be unchanged on return": shows on any call, W is flipped in place and, at stride 1 only, back again.
# shown: changed(N(2, 4, 2, 2), N(2, 3, 5, 6), N(4, 3, 2, 3), 2, 0)
# kind: sentence
import numpy as np


def conv2d_backward(dout, X, W, stride=1, padding=0):
    h, w = X.shape[2:]
    kh, kw = W.shape[2:]
    kernel = W.copy()
    W[...] = W[:, :, ::-1, ::-1].copy()
    Z = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dZ, dW = np.zeros_like(Z), np.zeros_like(W)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = np.s_[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            dZ[at] += np.tensordot(dout[:, :, i, j], kernel, axes=1)
            dW += np.tensordot(dout[:, :, i, j].T, Z[at], axes=1)
    if stride == 1:
        W[...] = kernel
    dX = dZ[:, :, padding : padding + h, padding : padding + w]
    return dX, dW, dout.sum(axis=(0, 2, 3))
