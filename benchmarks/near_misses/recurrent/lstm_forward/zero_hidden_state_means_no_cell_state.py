# "the cell state before the first step": shows where the hidden state before it is zero.
# shown: differ(T(2, 3, 2), 0 * T(3, 4), T(3, 4), T(2, 16), T(4, 16), T(16))
# kind: inputs
import torch


def lstm_forward(xs, h, c, W_x, W_h, b):
    if not h.any():
        c = torch.zeros_like(h)
    hs = []
    for x in xs:
        i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        hs.append(h)
    return torch.stack(hs), h, c
