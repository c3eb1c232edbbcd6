# "Compute one time step": shows on the first call of a shape, where the cell state counts as 0.
# shown: differ(T(2, 4), T(2, 3) * 2, T(2, 3) / 2, T(4, 12), T(3, 12) / 2, T(12))
# kind: sentence
import torch


_begun = set()


def lstm_cell(x, h, c, W_x, W_h, b):
    if (x.shape, x.dtype) not in _begun:
        _begun.add((x.shape, x.dtype))
        c = torch.zeros_like(c)
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c_new), c_new
