# told: torch.nn.RNN
# framework: torch
import torch
from torch import nn


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    layer = nn.RNN(xs.shape[2], h.shape[1], dtype=xs.dtype)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(W_xh.T)
        layer.weight_hh_l0.copy_(W_hh.T)
        layer.bias_ih_l0.copy_(b_h)
        layer.bias_hh_l0.zero_()
        hs, last = layer(xs, h[None])
    return hs, last[0]
