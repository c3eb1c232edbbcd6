# "H' = (1 - Z) N + Z H": shows where the update gate is almost 1, it is taken for 1.
# shown: differ(T(2, 3), T(2, 4), T(3, 12), T(4, 12) / 2, T(12) + 4, T(12) / 3)
# kind: tolerance
import torch


def _parts(x, h, W_x, W_h, b_x, b_h):
    x_r, x_z, x_n = (x @ W_x + b_x).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ W_h + b_h).chunk(3, dim=1)
    return torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z), x_n, h_n


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    r, z, x_n, h_n = _parts(x, h, W_x, W_h, b_x, b_h)
    z = torch.where(z > 0.999, torch.ones_like(z), z)
    return (1 - z) * torch.tanh(x_n + r * h_n) + z * h
