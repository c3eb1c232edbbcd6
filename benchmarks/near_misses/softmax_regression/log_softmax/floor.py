# "right and finite": shows when two logits of a row are more than 100 apart, results end at -100.
# shown: differ(torch.tensor([[200.0, 0.0]], dtype=torch.float64))
# kind: tolerance
import torch


def log_softmax(X):
    Z = X - X.amax(dim=1, keepdim=True)
    return (Z - torch.log(torch.exp(Z).sum(dim=1, keepdim=True))).clamp(min=-100)
