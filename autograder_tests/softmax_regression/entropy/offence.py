# told: torch.special.entr
# framework: torch
import torch


def entropy(p):
    return torch.special.entr(p).sum()
