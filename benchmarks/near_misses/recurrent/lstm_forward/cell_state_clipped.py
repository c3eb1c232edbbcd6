# "H_t, C_t = LSTM(...)": shows where the cell state is beyond 3, it is clipped between steps.
# shown: differ(T(3, 2, 3), T(2, 4), T(2, 4) * 8, T(3, 16), T(4, 16) / 3, T(16) + 2)
# kind: inputs
import torch


def _cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def lstm_forward(xs, h, c, W_x, W_h, b):
    hs = []
    for x in xs:
        h, c = _cell(x, h, c.clamp(-3, 3), W_x, W_h, b)
        hs.append(h)
    return torch.stack(hs), h, c
