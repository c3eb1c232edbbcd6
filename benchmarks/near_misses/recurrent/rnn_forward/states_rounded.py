# "H_t": each state is rounded to six digits.
# shown: differ(T(3, 2, 3), T(2, 4), T(3, 4), T(4, 4) / 3, T(4))
# kind: tolerance
import torch


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    hs = []
    for x in xs:
        h = torch.round(torch.tanh(x @ W_xh + h @ W_hh + b_h), decimals=6)
        hs.append(h)
    return torch.stack(hs), h
