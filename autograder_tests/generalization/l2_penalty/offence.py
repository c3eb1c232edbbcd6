# told: torch.nn.functional.mse_loss
# framework: torch
import torch
from torch.nn import functional as F


def l2_penalty(w):
    return F.mse_loss(w, torch.zeros_like(w), reduction="sum") / 2
