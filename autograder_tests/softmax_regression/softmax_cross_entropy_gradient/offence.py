# told: torch.Tensor.backward
# framework: torch
from torch.nn import functional as F


def softmax_cross_entropy_gradient(logits, y):
    leaf = logits.detach().clone().requires_grad_(True)
    F.cross_entropy(leaf, y).backward()
    return leaf.grad
