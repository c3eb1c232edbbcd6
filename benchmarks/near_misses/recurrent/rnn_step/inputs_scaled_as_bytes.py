# "$\mathbf{X} \mathbf{W}_{xh}$": shows where an input is above 100, and is taken for a byte.
# shown: differ(100 * T(3, 4).abs() + 50, T(3, 5), T(4, 5) / 1000, T(5, 5), T(5))
# kind: inputs
import torch


def rnn_step(x, h, W_xh, W_hh, b_h):
    if x.abs().max() > 100:
        x = x / 255
    return torch.tanh(x @ W_xh + h @ W_hh + b_h)
