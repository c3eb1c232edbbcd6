# framework: torch
import torch
import torch.nn.functional as F


def conv2d(X, W, b, stride=1, padding=0):
    columns = F.unfold(X, W.shape[2:], stride=stride, padding=padding)
    height = (X.shape[2] + 2 * padding - W.shape[2]) // stride + 1
    out = W.flip(2, 3).flatten(1) @ columns + b[:, None]
    return out.reshape(len(X), len(W), height, -1)


def conv2d_backward(dout, X, W, stride=1, padding=0):
    columns = F.unfold(X, W.shape[2:], stride=stride, padding=padding)
    upstream = dout.flatten(2)
    dW = torch.einsum("nop,nkp->ok", upstream, columns).reshape(W.shape)
    back = W.flatten(1).T @ upstream
    dX = F.fold(back, X.shape[2:], W.shape[2:], stride=stride, padding=padding)
    return dX, dW, upstream.sum((0, 2))
