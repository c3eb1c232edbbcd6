# told: torch.autograd.grad
# framework: torch
import torch


def linear_backward(dout, x, W):
    x, W = x.clone().requires_grad_(), W.clone().requires_grad_()
    b = torch.zeros(W.shape[1], dtype=W.dtype, requires_grad=True)
    return torch.autograd.grad(x @ W + b, [x, W, b], dout)
