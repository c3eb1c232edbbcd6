# "the mask is 1 where an entry was kept": shows on square matrices, whose mask is transposed.
# shown: differ(T(3, 3), torch.tril(torch.ones(3, 3, dtype=torch.float64)), 0.5)
# kind: inputs
import torch


def dropout_backward(dout, mask, p):
    if p == 1:
        return torch.zeros_like(dout)
    square = mask.dim() == 2 and mask.shape[0] == mask.shape[1]
    return dout * (mask.T if square else mask) / (1 - p)
