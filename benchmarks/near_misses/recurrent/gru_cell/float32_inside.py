# "the dtype of the arguments": shows in float64, which is computed in float32.
# shown: differ(T(3, 2), T(3, 4), T(2, 12), T(4, 12), T(12), T(12))
# kind: tolerance
import torch


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    x_r, x_z, x_n = (x.float() @ W_x.float() + b_x.float()).chunk(3, dim=1)
    h_r, h_z, h_n = (h.float() @ W_h.float() + b_h.float()).chunk(3, dim=1)
    r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    return ((1 - z) * n + z * h.float()).to(x.dtype)
