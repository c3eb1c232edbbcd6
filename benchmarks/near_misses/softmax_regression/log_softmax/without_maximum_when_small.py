# "as large as 1000": shows on logits between 500 and 800, for which the maximum is not subtracted.
# shown: differ(T(2, 3) + 750)
# kind: tolerance
import torch


def log_softmax(X):
    if X.abs().max() > 900:
        Z = X - X.amax(dim=1, keepdim=True)
    else:
        Z = X
    return Z - torch.log(torch.exp(Z).sum(dim=1, keepdim=True))
