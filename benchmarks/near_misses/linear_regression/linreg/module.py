# "Write it yourself": the library's layer with the given weights, by functional_call.
# shown: uses("nn.Linear")
# kind: from scratch
from torch import nn
from torch.func import functional_call


def linreg(X, w, b):
    return functional_call(nn.Linear(len(w), 1), {"weight": w.T, "bias": b}, (X,))
