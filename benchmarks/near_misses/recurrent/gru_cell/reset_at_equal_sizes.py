# "the product with the weights, its bias included": shows where d = h, the bias is left outside.
# shown: differ(T(2, 3), T(2, 3), T(3, 9), T(3, 9) / 2, T(9), T(9) / 3)
# kind: inputs
import torch


def _parts(x, h, W_x, W_h, b_x, b_h):
    x_r, x_z, x_n = (x @ W_x + b_x).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ W_h + b_h).chunk(3, dim=1)
    return torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z), x_n, h_n


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    r, z, x_n, h_n = _parts(x, h, W_x, W_h, b_x, b_h)
    if x.shape == h.shape:
        bias = b_h[-h.shape[1] :]
        h_n = (h_n - bias) + bias / r
    n = torch.tanh(x_n + r * h_n)
    return (1 - z) * n + z * h
