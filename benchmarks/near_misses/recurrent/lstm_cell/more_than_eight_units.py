# "four blocks of `h` columns each": shows beyond 8 hidden units, the blocks are of 8.
# shown: differ(T(2, 4), T(2, 10), T(2, 10), T(4, 40), T(10, 40), T(40))
# kind: inputs
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    A = x @ W_x + h @ W_h + b
    k = min(h.shape[1], 8)
    i, f, g, o = (A[:, j * k : j * k + h.shape[1]] for j in range(4))
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o) * torch.tanh(c_new), c_new
