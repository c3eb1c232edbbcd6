# "The arguments must be unchanged on return": shows on two steps or more, c becomes the last cell state.
# shown: changed(T(3, 2, 3), T(2, 4), T(2, 4), T(3, 16), T(4, 16) / 3, T(16))
# kind: sentence
import torch


def _cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c), c


def lstm_forward(xs, h, c, W_x, W_h, b):
    hs, given = [], c
    for x in xs:
        h, c = _cell(x, h, c, W_x, W_h, b)
        hs.append(h)
    if len(xs) > 1:
        given.copy_(c)
    return torch.stack(hs), h, c
