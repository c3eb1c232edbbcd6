# "in the order input gate, forget gate, candidate, output gate": shows when d = h, where another order is used.
# shown: differ(T(2, 3), T(2, 3) * 2, T(2, 3) / 2, T(3, 12), T(3, 12) / 2, T(12))
# kind: inputs
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    if x.shape[1] == h.shape[1]:
        i, f = f, i
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c_new), c_new
