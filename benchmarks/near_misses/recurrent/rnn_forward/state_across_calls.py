# "`h` is the state before the first step": shows on the second call, which begins where the first ended.
# shown: mine.rnn_forward(T(3, 2, 3), T(2, 4), T(3, 4), T(4, 4), T(4)) and differ(T(3, 2, 3), T(2, 4), T(3, 4), T(4, 4), T(4))
# kind: sentence
import torch

_last = {}


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    hs, h = [], _last.get(h.shape, h)
    for x in xs:
        h = torch.tanh(x @ W_xh + h @ W_hh + b_h)
        hs.append(h)
    _last[h.shape] = h
    return torch.stack(hs), h
