# "tanh": shows where a sum is beyond 4, where it is clipped.
# shown: differ(T(2, 3) * 4, T(2, 4), T(3, 4), T(4, 4), T(4))
# kind: tolerance
import torch


def rnn_step(x, h, W_xh, W_hh, b_h):
    return torch.tanh((x @ W_xh + h @ W_hh + b_h).clamp(-4, 4))
