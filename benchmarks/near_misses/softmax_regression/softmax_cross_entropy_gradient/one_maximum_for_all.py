# "whether they stand in the same row or in different rows": shows when rows are 800 apart or more.
# shown: differ(rows(1000.0, -1000.0), torch.tensor([0, 1]))
# kind: tolerance
import torch


def softmax_cross_entropy_gradient(logits, y):
    E = torch.exp(logits - logits.max())
    p = E / E.sum(dim=1, keepdim=True)
    p[range(len(y)), y] -= 1
    return p / len(y)
