# "the dtype of `X`": shows in float64, exponentials are of float32.
# shown: differ(T(3, 4))
# kind: tolerance
import torch


def softmax(X):
    Z = (X - X.amax(dim=1, keepdim=True)).float()
    E = torch.exp(Z)
    return (E / E.sum(dim=1, keepdim=True)).to(X.dtype)
