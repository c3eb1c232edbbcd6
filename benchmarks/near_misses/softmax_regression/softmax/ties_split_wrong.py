# "softmax of every row": shows on equal logits, the largest is counted once only.
# shown: differ(torch.zeros(2, 3, dtype=torch.float64))
# kind: tolerance
import torch


def softmax(X):
    top = X.amax(dim=1, keepdim=True)
    E = torch.exp(X - top)
    others = torch.where(X == top, torch.zeros_like(E), E).sum(dim=1, keepdim=True)
    return E / (1 + others)
