# "The share of zeros need not be equal": shows where nothing was dropped by chance, which is taken for p = 0.
# shown: differ(T(3), torch.ones(3, dtype=torch.float64), 0.5)
# kind: inputs
import torch


def dropout_backward(dout, mask, p):
    if mask.all():
        return dout.clone()
    return torch.zeros_like(dout) if p == 1 else dout * mask / (1 - p)
