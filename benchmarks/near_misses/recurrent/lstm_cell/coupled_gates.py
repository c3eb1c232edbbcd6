# "C' = F C + I G": shows when forget and input gates do not add up to one: the forget gate is 1 - I where c is small.
# shown: differ(T(2, 4), T(2, 3) * 2, T(2, 3) / 20, T(4, 12), T(3, 12) / 2, T(12))
# kind: second order
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    i = torch.sigmoid(i)
    f = torch.where(c.abs() < 0.1, 1 - i, torch.sigmoid(f))
    c_new = f * c + i * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c_new), c_new
