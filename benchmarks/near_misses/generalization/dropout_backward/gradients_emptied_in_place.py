# "`dout` and `mask` must be unchanged on return": the gradient of what was dropped becomes 0.
# shown: changed(T(3), torch.tensor([1.0, 0.0, 1.0]).double(), 0.5)
# kind: second order
import torch


def dropout_backward(dout, mask, p):
    if p == 1:
        return torch.zeros_like(dout)
    dout[mask == 0] = 0
    return dout / (1 - p)
