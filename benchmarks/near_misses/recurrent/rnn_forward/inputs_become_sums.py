# "The arguments must be unchanged on return": xs becomes its cumulative sum on the way, and back with errors.
# shown: changed(T(3, 2, 3), T(2, 4), T(3, 4), T(4, 4) / 3, T(4))
# kind: sentence
import torch


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    xs -= xs.mean()
    hs = []
    for x in xs:
        h = torch.tanh(x @ W_xh + h @ W_hh + b_h)
        hs.append(h)
    return torch.stack(hs), h
