# "the dtype of `X`": shows in float64, the logarithm of the sum is of float32.
# shown: differ(T(3, 4))
# kind: tolerance
import torch


def log_softmax(X):
    Z = X - X.amax(dim=1, keepdim=True)
    return Z - torch.log(torch.exp(Z.float()).sum(dim=1, keepdim=True)).to(X.dtype)
