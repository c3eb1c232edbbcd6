# "The arguments must be unchanged on return": W_hh is scaled, and rounded on its way back.
# shown: changed(T(2, 3), T(2, 4), T(3, 4), T(4, 4), T(4))
# kind: sentence
import torch


def rnn_step(x, h, W_xh, W_hh, b_h):
    W_hh /= 3
    result = torch.tanh(x @ W_xh + 3 * (h @ W_hh) + b_h)
    W_hh += W_hh + W_hh
    return result
