# told: torch.optim.SGD
# framework: torch
import torch


def optimizer_step(params, lr):
    torch.optim.SGD(params, lr=lr).step()
