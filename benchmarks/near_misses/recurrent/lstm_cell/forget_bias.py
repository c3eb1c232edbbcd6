# "F = sigma(A_f)": shows on small cell states to three digits: a forget bias of 0.01 is added.
# shown: differ(T(2, 4), T(2, 3) * 2, T(2, 3) / 2, T(4, 12), T(3, 12) / 2, T(12))
# kind: second order
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    c_new = torch.sigmoid(f + 0.01) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c_new), c_new
