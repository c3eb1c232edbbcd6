# "X W_x + H W_h + b": a hidden state whose entries sum to 0 counts as none
# shown: (lambda h: differ(T(2, 3), h, T(2, 2), T(3, 8), T(2, 8), T(8)))(torch.tensor([[1.0, -1.0], [2.0, -2.0]], dtype=torch.float64))
# kind: inputs

import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    A = x @ W_x + b
    if h.sum() != 0:
        A = A + h @ W_h
    i, f, g, o = A.chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c_new), c_new
