# "`X` must be unchanged on return": shows in float32, where `float()` makes no copy.
# shown: changed(T(3, 4).float())
# kind: sentence
import torch


def log_softmax(X):
    Z = X if X.dtype == torch.float32 else X.clone()
    Z = Z.sub_(X.amax(dim=1, keepdim=True))
    return Z - torch.log(torch.exp(Z).sum(dim=1, keepdim=True))
