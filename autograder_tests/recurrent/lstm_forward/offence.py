# told: torch.nn.LSTM
# framework: torch
import torch
from torch import nn


def lstm_forward(xs, h, c, W_x, W_h, b):
    layer = nn.LSTM(xs.shape[2], h.shape[1], dtype=xs.dtype)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(W_x.T)
        layer.weight_hh_l0.copy_(W_h.T)
        layer.bias_ih_l0.copy_(b)
        layer.bias_hh_l0.zero_()
        hs, (last_h, last_c) = layer(xs, (h[None], c[None]))
    return hs, last_h[0], last_c[0]
