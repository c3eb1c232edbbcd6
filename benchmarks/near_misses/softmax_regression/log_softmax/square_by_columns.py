# "n = k too": shows on square inputs, whose sum has lost its axis and goes along the wrong one.
# shown: differ(T(3, 3))
# kind: inputs
import torch


def log_softmax(X):
    Z = X - X.amax(dim=1, keepdim=True)
    total = torch.log(torch.exp(Z).sum(dim=1))
    return Z - (total if X.shape[0] == X.shape[1] else total[:, None])
