# told: torch.norm
# framework: torch
import torch


def l1_penalty(w):
    return torch.norm(w, p=1)
