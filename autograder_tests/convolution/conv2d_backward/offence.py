# told: torch.nn.grad.conv2d_weight
# framework: torch
import torch


def conv2d_backward(dout, X, W, stride=1, padding=0):
    dW = torch.nn.grad.conv2d_weight(X, W.shape, dout, stride=stride, padding=padding)
    dX = torch.nn.grad.conv2d_input(X.shape, W, dout, stride=stride, padding=padding)
    return dX, dW, dout.sum(dim=(0, 2, 3))
