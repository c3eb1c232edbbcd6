# "right": shows to nine digits, 1e-8 is added to the sum.
# shown: differ(T(3, 4), labels(3, 4))
# kind: tolerance
import torch


def softmax_cross_entropy_gradient(logits, y):
    E = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    p = E / (E.sum(dim=1, keepdim=True) + 1e-8)
    p[range(len(y)), y] -= 1
    return p / len(y)
