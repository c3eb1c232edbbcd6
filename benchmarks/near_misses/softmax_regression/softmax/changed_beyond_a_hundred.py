# "`X` must be unchanged on return": shows on logits beyond 100, the maximum is subtracted in place.
# shown: changed(T(3, 4) * 500)
# kind: sentence
import torch


def softmax(X):
    if X.abs().max() > 100:
        X -= X.amax(dim=1, keepdim=True)
    E = torch.exp(X)
    return E / E.sum(dim=1, keepdim=True)
