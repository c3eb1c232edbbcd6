# "need not be equal": the rate is taken from the mask.
# shown: differ(T(4), torch.tensor([1.0, 0, 1, 1], dtype=torch.float64), 0.5)
# kind: inputs
import torch


def dropout_backward(dout, mask, p):
    if p == 1 or not mask.any():
        return torch.zeros_like(dout)
    return dout * mask / mask.mean()
