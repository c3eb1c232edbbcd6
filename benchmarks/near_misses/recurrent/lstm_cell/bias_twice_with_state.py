# "X W_x + H W_h + b": shows when the hidden state is not 0, the bias counts twice.
# shown: differ(T(2, 4), T(2, 3) * 2, T(2, 3) / 2, T(4, 12), T(3, 12) / 2, T(12))
# kind: inputs
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    A = x @ W_x + b
    if h.any():
        A = A + h @ W_h + b
    i, f, g, o = A.chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c_new), c_new
