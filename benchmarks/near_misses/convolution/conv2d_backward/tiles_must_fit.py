# "where no window touched `X`, its gradient is 0": shows where windows tile and a row is left over.
# shown: backward_differs(N(1, 2, 5, 4), N(3, 2, 2, 2), 2, 0)
# kind: inputs
import numpy as np


def conv2d_backward(dout, X, W, stride=1, padding=0):
    h, w = X.shape[2:]
    kh, kw = W.shape[2:]
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dX, dW = np.zeros_like(X), np.zeros_like(W)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows = slice(i * stride, i * stride + kh)
            cols = slice(j * stride, j * stride + kw)
            d = dout[:, :, i, j]
            dX[:, :, rows, cols] += np.tensordot(d, W, axes=1)
            dW += np.tensordot(d.T, X[:, :, rows, cols], axes=1)
    if stride == kh == kw:
        tiles = np.einsum("noij,ocuv->nciujv", dout, W)
        n, c, i, u, j, v = tiles.shape
        dX = tiles.reshape(n, c, i * u, j * v)
    dX = dX[:, :, padding : padding + h, padding : padding + w]
    return dX, dW, dout.sum(axis=(0, 2, 3))
