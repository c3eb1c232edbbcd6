# "Both results have the dtype of the arguments": shows in float64, where the states are float32.
# shown: differ(T(2, 3, 2), T(3, 4), T(2, 4), T(4, 4), T(4))
# kind: tolerance
import torch


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    hs = torch.zeros(len(xs), *h.shape)
    for t, x in enumerate(xs):
        h = torch.tanh(x @ W_xh + h @ W_hh + b_h)
        hs[t] = h
    return hs.to(h.dtype), h
