# "the dtype of the arguments": shows in float64, which is computed in float32.
# shown: differ(T(3, 4), T(3, 5), T(4, 5), T(5, 5), T(5))
# kind: tolerance
import torch


def rnn_step(x, h, W_xh, W_hh, b_h):
    Y = x.float() @ W_xh.float() + h.float() @ W_hh.float() + b_h.float()
    return torch.tanh(Y).to(x.dtype)
