# "`X` must be unchanged on return": shows in float64, where `double()` makes no copy.
# shown: changed(T(3, 4))
# kind: sentence
import torch


def softmax(X):
    E = X.double()
    E -= E.amax(dim=1, keepdim=True)
    E = torch.exp(E)
    return (E / E.sum(dim=1, keepdim=True)).to(X.dtype)
