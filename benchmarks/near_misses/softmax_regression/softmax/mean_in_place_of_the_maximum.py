# "right and finite for logits as large as 1000 and as small as -1000": shows when one row holds both.
# shown: differ(torch.tensor([[1000.0, -1000.0, 0.0]], dtype=torch.float64))
# kind: tolerance
import torch


def softmax(X):
    E = torch.exp(X - X.mean(dim=1, keepdim=True))
    return E / E.sum(dim=1, keepdim=True)
