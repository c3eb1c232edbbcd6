# framework: torch
import torch


def conv2d(X, W, b, stride=1, padding=0):
    n, c, h, w = X.shape
    P = torch.zeros(n, c, h + 2 * padding, w + 2 * padding, dtype=X.dtype)
    P[:, :, padding : padding + h, padding : padding + w] = X
    rows = range(0, P.shape[2] - W.shape[2] + 1, stride)
    cols = range(0, P.shape[3] - W.shape[3] + 1, stride)
    out = []
    for i in rows:
        for j in cols:
            window = P[:, None, :, i : i + W.shape[2], j : j + W.shape[3]]
            out.append((window * W).sum(dim=(2, 3, 4)) + b)
    return torch.stack(out, dim=-1).reshape(n, len(W), len(rows), len(cols))


def conv2d_backward(dout, X, W, stride=1, padding=0):
    n, c, h, w = X.shape
    kh, kw = W.shape[2:]
    P = torch.zeros(n, c, h + 2 * padding, w + 2 * padding, dtype=X.dtype)
    P[:, :, padding : padding + h, padding : padding + w] = X
    dP, dW = torch.zeros_like(P), torch.zeros_like(W)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = (..., slice(i * stride, i * stride + kh), slice(j * stride, j * stride + kw))
            d = dout[:, :, i, j, None, None, None]
            dP[at] += (d * W).sum(1)
            dW += (d * P[at][:, None]).sum(0)
    return dP[:, :, padding : padding + h, padding : padding + w], dW, dout.sum(dim=(0, 2, 3))
