# "as small as -1000": shows when all logits of a row are below -700.
# shown: differ(T(2, 3) - 1000)
# kind: tolerance
import torch


def softmax(X):
    E = torch.exp(X - X.amax(dim=1, keepdim=True).clamp(min=0))
    return E / E.sum(dim=1, keepdim=True)
