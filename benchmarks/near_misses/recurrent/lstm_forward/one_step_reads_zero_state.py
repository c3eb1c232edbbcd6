# "`c` is the cell state before the first step": shows on a sequence of one step.
# shown: differ(T(1, 2, 3), T(2, 4), T(2, 4), T(3, 16), T(4, 16) / 3, T(16))
# kind: inputs
import torch


def _cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def lstm_forward(xs, h, c, W_x, W_h, b):
    if len(xs) == 1:
        h, c = torch.zeros_like(h), torch.zeros_like(c)
    hs = []
    for x in xs:
        h, c = _cell(x, h, c, W_x, W_h, b)
        hs.append(h)
    return torch.stack(hs), h, c
