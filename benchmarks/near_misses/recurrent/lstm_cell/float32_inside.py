# "of the dtype of the inputs": shows in float64, the gates are of float32.
# shown: differ(T(2, 4), T(2, 3) * 2, T(2, 3) / 2, T(4, 12), T(3, 12) / 2, T(12))
# kind: tolerance
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    A = (x @ W_x + h @ W_h + b).float()
    i, f, g, o = A.chunk(4, dim=1)
    i, f, g, o = (t.to(x.dtype) for t in (i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()))
    c_new = f * c + i * g
    return o * torch.tanh(c_new), c_new
