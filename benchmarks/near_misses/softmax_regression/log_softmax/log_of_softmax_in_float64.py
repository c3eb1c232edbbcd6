# "A probability may be too small for a float; its logarithm is not": shows when two logits of a row are 2000 apart, also in float64.
# shown: differ(torch.tensor([[1000.0, -1000.0]], dtype=torch.float64))
# kind: tolerance
import torch


def log_softmax(X):
    Z = X.double() - X.double().amax(dim=1, keepdim=True)
    E = torch.exp(Z)
    return torch.log(E / E.sum(dim=1, keepdim=True)).to(X.dtype)
