# "right and finite": shows when one logit is far above the others, its result is cut to at most -1e-7.
# shown: differ(torch.tensor([[30.0, 0.0]], dtype=torch.float64))
# kind: tolerance
import torch


def log_softmax(X):
    Z = X - X.amax(dim=1, keepdim=True)
    return (Z - torch.log(torch.exp(Z).sum(dim=1, keepdim=True))).clamp(max=-1e-7)
