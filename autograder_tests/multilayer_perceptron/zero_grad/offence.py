# told: torch.optim.SGD
# framework: torch
import torch


def zero_grad(params):
    torch.optim.SGD(params, lr=1.0).zero_grad()
