# "The output gate acts on the new cell state": shows when the old state is not 0, it acts on the old one.
# shown: differ(T(2, 4), T(2, 3) * 2, T(2, 3) / 2, T(4, 12), T(3, 12) / 2, T(12))
# kind: inputs
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    seen = c_new if not c.any() else c
    return torch.sigmoid(o) * torch.tanh(seen), c_new
