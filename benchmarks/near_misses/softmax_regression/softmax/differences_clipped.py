# "softmax of every row": shows on logits that lie more than 20 apart, differences are clipped there.
# shown: differ(T(3, 4) * 40)
# kind: tolerance
import torch


def softmax(X):
    E = torch.exp((X - X.amax(dim=1, keepdim=True)).clamp(min=-20))
    return E / E.sum(dim=1, keepdim=True)
