# "Write it yourself": the library's functions for the gradients of a convolution.
# shown: uses("torch.nn.grad")
# kind: from scratch
import torch
import torch.nn.grad as pieces


def conv2d_backward(dout, X, W, stride=1, padding=0):
    dX = pieces.conv2d_input(X.shape, W, dout, stride, padding)
    dW = pieces.conv2d_weight(X, W.shape, dout, stride, padding)
    return dX, dW, dout.sum(dim=(0, 2, 3))
