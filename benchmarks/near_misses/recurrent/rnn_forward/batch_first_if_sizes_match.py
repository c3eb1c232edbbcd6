# "time first": shows where there are as many steps as sequences, which counts as batch first.
# shown: differ(T(3, 3, 2), T(3, 4), T(2, 4), T(4, 4), T(4))
# kind: inputs
import torch


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    if xs.shape[0] == h.shape[0]:
        xs = xs.transpose(0, 1)
    hs = []
    for x in xs:
        h = torch.tanh(x @ W_xh + h @ W_hh + b_h)
        hs.append(h)
    return torch.stack(hs), h
