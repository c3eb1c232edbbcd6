# "All arguments must be unchanged on return": shows on more than one example, c becomes the new state.
# shown: changed(T(2, 4), T(2, 3) * 2, T(2, 3) / 2, T(4, 12), T(3, 12) / 2, T(12))
# kind: sentence
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    if len(x) > 1 and not c.requires_grad:
        c.copy_(c_new.detach())
    return torch.sigmoid(o) * torch.tanh(c_new), c_new
