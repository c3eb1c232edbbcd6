# "Write it yourself": another layer of the library that does the same, with one more input of ones.
# shown: uses("bilinear")
# kind: from scratch
import torch
import torch.nn.functional as F


def linreg(X, w, b):
    return F.bilinear(X, torch.ones_like(X[:, :1]), w.reshape(1, -1, 1), b)
