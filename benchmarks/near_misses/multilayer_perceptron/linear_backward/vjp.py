# "Write it yourself": the library differentiates, by torch.func.
# shown: uses("torch.func")
# kind: from scratch
import torch


def linear_backward(dout, x, W):
    _, back = torch.func.vjp(lambda x, W, b: torch.matmul(x, W) + b, x, W, torch.zeros_like(W[0]))
    return back(dout)
