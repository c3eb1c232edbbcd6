# "natural logarithm": shows beyond ten classes, where ten terms of the sum are taken.
# shown: differ(T(2, 15))
# kind: tolerance
import torch


def log_softmax(X):
    Z = X - X.amax(dim=1, keepdim=True)
    terms = torch.exp(Z).topk(min(10, Z.shape[1]), dim=1).values
    return Z - torch.log(terms.sum(dim=1, keepdim=True))
