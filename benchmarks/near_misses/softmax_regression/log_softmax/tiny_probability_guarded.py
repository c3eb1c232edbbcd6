# "its logarithm is not": shows when two logits of a row are 800 apart, where 1e-300 is added.
# shown: differ(torch.tensor([[800.0, 0.0]], dtype=torch.float64))
# kind: tolerance
import torch


def log_softmax(X):
    Z = X.double() - X.double().amax(dim=1, keepdim=True)
    E = torch.exp(Z)
    return torch.log(E / E.sum(dim=1, keepdim=True) + 1e-300).to(X.dtype)
