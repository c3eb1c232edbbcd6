# "Any n >= 1 and k >= 1 may come": shows on one class, which is taken for the logit of two.
# shown: differ(T(3, 1))
# kind: inputs
import torch


def softmax(X):
    if X.shape[1] == 1:
        return 1 / (1 + torch.exp(-X))
    E = torch.exp(X - X.amax(dim=1, keepdim=True))
    return E / E.sum(dim=1, keepdim=True)
