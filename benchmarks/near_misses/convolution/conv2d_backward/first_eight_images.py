# "dW": images beyond the eighth are not counted
# shown: backward_differs(N(10, 1, 4, 4), N(2, 1, 2, 2), 1, 0)
# kind: inputs
# framework: torch

import torch


def conv2d_backward(dout, X, W, stride=1, padding=0):
    n, c, h, w = X.shape
    o, _, kh, kw = W.shape
    P = X.new_zeros(n, c, h + 2 * padding, w + 2 * padding)
    P[:, :, padding : padding + h, padding : padding + w] = X
    dP, dW = torch.zeros_like(P), torch.zeros_like(W)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            g = dout[:, :, i, j]
            rows, columns = slice(i * stride, i * stride + kh), slice(j * stride, j * stride + kw)
            dW += torch.einsum("no,ncuv->ocuv", g[:8], P[:8, :, rows, columns])
            dP[:, :, rows, columns] += torch.einsum("no,ocuv->ncuv", g, W)
    return dP[:, :, padding : padding + h, padding : padding + w], dW, dout.sum((0, 2, 3))
