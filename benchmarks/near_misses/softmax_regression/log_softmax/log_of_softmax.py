# "A probability may be too small for a float; its logarithm is not": shows when two logits of a row are 750 apart.
# shown: differ(torch.tensor([[800.0, 0.0]], dtype=torch.float64))
# kind: tolerance
import torch


def log_softmax(X):
    E = torch.exp(X - X.amax(dim=1, keepdim=True))
    return torch.log(E / E.sum(dim=1, keepdim=True))
