# "sigma is the logistic sigmoid": shows where a gate is beyond 6, where it is 0 or 1.
# shown: differ(T(2, 4) * 4, T(2, 3) * 2, T(2, 3) / 2, T(4, 12), T(3, 12) / 2, T(12))
# kind: tolerance
import torch


def _sigma(a):
    s = 1 / (1 + torch.exp(-a))
    return torch.where(a > 6, torch.ones_like(s), torch.where(a < -6, torch.zeros_like(s), s))


def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    c_new = _sigma(f) * c + _sigma(i) * torch.tanh(g)
    return _sigma(o) * torch.tanh(c_new), c_new
