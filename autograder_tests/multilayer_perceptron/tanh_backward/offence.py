# told: torch.Tensor.backward
# framework: torch
import torch


def tanh_backward(dout, x):
    x = x.detach().clone().requires_grad_(True)
    torch.tanh(x).backward(dout)
    return x.grad
