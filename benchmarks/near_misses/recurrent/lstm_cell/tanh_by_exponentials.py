# "tanh": shows where the cell state is beyond 360, where the exponentials overflow.
# shown: differ(T(2, 4), T(2, 3) * 2, T(2, 3) * 0 + 1500, T(4, 12), T(3, 12) / 2, T(12))
# kind: tolerance
import torch


def _tanh(z):
    return (torch.exp(z) - torch.exp(-z)) / (torch.exp(z) + torch.exp(-z))


def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * _tanh(g)
    return torch.sigmoid(o) * _tanh(c_new), c_new
