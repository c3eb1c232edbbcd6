# told: torch.func.grad
# framework: torch
import torch


def sigmoid(x):
    return torch.func.grad(lambda x: torch.nn.functional.softplus(x).sum())(x)
