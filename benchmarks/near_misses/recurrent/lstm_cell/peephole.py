# "O = sigma(A_o)": shows to three digits, the output gate looks at the cell state with weight 0.001.
# shown: differ(T(2, 4), T(2, 3) * 2, T(2, 3) / 2, T(4, 12), T(3, 12) / 2, T(12))
# kind: second order
import torch


def lstm_cell(x, h, c, W_x, W_h, b):
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.sigmoid(o + 1e-3 * c_new) * torch.tanh(c_new), c_new
