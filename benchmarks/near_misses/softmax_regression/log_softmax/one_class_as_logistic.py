# "Any n >= 1 and k >= 1 may come": shows on one class, which is taken for the logit of two.
# shown: differ(T(3, 1))
# kind: inputs
import torch


def log_softmax(X):
    if X.shape[1] == 1:
        return -torch.log1p(torch.exp(-X))
    Z = X - X.amax(dim=1, keepdim=True)
    return Z - torch.log(torch.exp(Z).sum(dim=1, keepdim=True))
