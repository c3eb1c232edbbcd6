# "both `(n, h)`": shows on n = 1.
# shown: differ(T(1, 4), T(1, 3) * 2, T(1, 3) / 2, T(4, 12), T(3, 12) / 2, T(12))
# kind: inputs
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).squeeze(0).chunk(4, dim=-1)
    c_new = torch.sigmoid(f) * c.squeeze(0) + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c_new), c_new
