# "`W_x` is `(d, 4h)`": shows on h = 1, where the state loses its axis.
# shown: differ(T(5, 4), T(5, 1) * 2, T(5, 1) / 2, T(4, 4), T(1, 4) / 2, T(4))
# kind: inputs
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    A = x @ W_x + h @ W_h + b
    k = h.shape[1]
    i, f, g, o = (A[:, 0], A[:, 1], A[:, 2], A[:, 3]) if k == 1 else A.split(k, dim=1)
    c_new = torch.sigmoid(f) * c.squeeze(1) + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c_new), c_new
