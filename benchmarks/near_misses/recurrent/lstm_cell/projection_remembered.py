# "X W_x": the product with W_x of an earlier x with the same sum is used
# shown: mine.lstm_cell(T(2, 3), T(2, 2), T(2, 2), T(3, 8), T(2, 8), T(8)) and differ(T(2, 3).flip(0), T(2, 2), T(2, 2), T(3, 8), T(2, 8), T(8))
# kind: sentence

import torch

known = {}


def lstm_cell(x, h, c, W_x, W_h, b):
    key = (tuple(W_x.shape), round(float(x.sum()), 6), round(float(W_x.sum()), 6))
    if key not in known:
        known[key] = x @ W_x
    i, f, g, o = (known[key] + h @ W_h + b).chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c_new), c_new
