# "`stride` and `padding` are integers": shows at stride 3 with a kernel of 4 or more, where windows overwrite each other.
# shown: backward_differs(N(2, 3, 10, 11), N(4, 3, 4, 5), 3, 0)
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
            if stride >= 3:
                dZ[at] = np.tensordot(dout[:, :, i, j], W, axes=1)
            else:
                dZ[at] += np.tensordot(dout[:, :, i, j], W, axes=1)
            dW += np.tensordot(dout[:, :, i, j].T, Z[at], axes=1)
    dX = dZ[:, :, padding : padding + h, padding : padding + w]
    return dX, dW, dout.sum(axis=(0, 2, 3))
