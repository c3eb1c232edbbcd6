# told: torch.nn.functional.l1_loss
# framework: torch
import torch
from torch.nn import functional as F


def l1_penalty(w):
    return F.l1_loss(w, torch.zeros_like(w), reduction="sum")
