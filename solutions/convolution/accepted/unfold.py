# framework: torch
import torch.nn.functional as F


def conv2d(X, W, b, stride=1, padding=0):
    columns = F.unfold(X, W.shape[2:], stride=stride, padding=padding)
    height = (X.shape[2] + 2 * padding - W.shape[2]) // stride + 1
    Y = W.flatten(1) @ columns + b[:, None]
    return Y.view(X.shape[0], W.shape[0], height, -1)


def conv2d_backward(dout, X, W, stride=1, padding=0):
    columns = F.unfold(X, W.shape[2:], stride=stride, padding=padding)
    d = dout.flatten(2)
    dW = (d @ columns.transpose(1, 2)).sum(0).view_as(W)
    dX = F.fold(W.flatten(1).T @ d, X.shape[2:], W.shape[2:], stride=stride, padding=padding)
    return dX, dW, d.sum(2).sum(0)
