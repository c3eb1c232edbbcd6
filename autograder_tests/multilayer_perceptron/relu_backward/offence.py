# told: torch.Tensor.backward
# framework: torch
import torch


def relu_backward(dout, x):
    x = x.detach().clone().requires_grad_(True)
    torch.maximum(x, torch.zeros_like(x)).backward(dout)
    return x.grad
