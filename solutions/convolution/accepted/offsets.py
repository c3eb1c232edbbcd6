# framework: numpy
import numpy as np


def conv2d(X, W, b, stride=1, padding=0):
    # one entry of the kernel at a time, for all windows at once
    n, _, h, w = X.shape
    c_out, _, kh, kw = W.shape
    P = np.pad(X, ((0,), (0,), (padding,), (padding,)), mode="constant")
    oh, ow = 1 + (h + 2 * padding - kh) // stride, 1 + (w + 2 * padding - kw) // stride
    Y = np.empty((n, c_out, oh, ow), dtype=X.dtype)
    Y[:] = b.reshape(1, -1, 1, 1)
    for u in range(kh):
        for v in range(kw):
            part = P[:, :, u : u + stride * oh : stride, v : v + stride * ow : stride]
            Y += np.einsum("ncij,oc->noij", part, W[:, :, u, v])
    return Y


def conv2d_backward(dout, X, W, stride=1, padding=0):
    oh, ow = dout.shape[2:]
    P = np.pad(X, ((0,), (0,), (padding,), (padding,)), mode="constant")
    dP, dW = np.zeros_like(P), np.empty_like(W)
    for u in range(W.shape[2]):
        for v in range(W.shape[3]):
            at = np.s_[:, :, u : u + stride * oh : stride, v : v + stride * ow : stride]
            dW[:, :, u, v] = np.einsum("noij,ncij->oc", dout, P[at])
            dP[at] += np.einsum("noij,oc->ncij", dout, W[:, :, u, v])
    dX = dP[:, :, padding:-padding, padding:-padding] if padding else dP
    return dX, dW, dout.sum((0, 2, 3))
