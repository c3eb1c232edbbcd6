# "one unit, too": shows on one unit, whose old state is lost.
# shown: differ(T(2, 3), T(2, 1), T(3, 1), T(1, 1), T(1))
# kind: inputs
import torch


def rnn_step(x, h, W_xh, W_hh, b_h):
    recurrent = h @ W_hh if len(W_hh) > 1 else 0
    return torch.tanh(x @ W_xh + recurrent + b_h)
