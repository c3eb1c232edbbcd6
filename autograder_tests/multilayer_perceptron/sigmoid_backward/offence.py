# told: torch.Tensor.backward
# framework: torch
import torch


def sigmoid_backward(dout, x):
    x = x.detach().clone().requires_grad_(True)
    torch.sigmoid(x).backward(dout)
    return x.grad
