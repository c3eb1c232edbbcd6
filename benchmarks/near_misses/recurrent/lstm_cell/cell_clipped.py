# "C' = F C + I G": shows where the cell state is beyond 10, where it ends.
# shown: differ(T(2, 4), T(2, 3) * 2, T(2, 3) * 50, T(4, 12), T(3, 12) / 2, T(12))
# kind: tolerance
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    c_new = (torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)).clamp(-10, 10)
    return torch.sigmoid(o) * torch.tanh(c_new), c_new
