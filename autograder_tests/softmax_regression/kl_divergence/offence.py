# told: torch.nn.functional.kl_div
# framework: torch
from torch.nn import functional as F


def kl_divergence(p, q):
    return F.kl_div(q.log(), p, reduction="sum")
