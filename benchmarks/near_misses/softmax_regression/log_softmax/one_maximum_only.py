# "log of the sum over all classes": equal largest logits count once
# shown: differ(torch.tensor([[2.0, 2.0, 1.0]], dtype=torch.float64))
# kind: inputs

import torch


def log_softmax(X):
    Z = X - X.max(1, keepdim=True).values
    rest = torch.where(Z < 0, torch.exp(Z), torch.zeros_like(Z)).sum(1, keepdim=True)
    return Z - torch.log1p(rest)
