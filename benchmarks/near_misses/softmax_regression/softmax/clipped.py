# "softmax of every row": shows on logits that lie 20 apart, small probabilities are raised to 1e-7.
# shown: differ(T(3, 4) * 20)
# kind: tolerance
import torch


def softmax(X):
    E = torch.exp(X - X.amax(dim=1, keepdim=True))
    return (E / E.sum(dim=1, keepdim=True)).clamp(min=1e-7)
