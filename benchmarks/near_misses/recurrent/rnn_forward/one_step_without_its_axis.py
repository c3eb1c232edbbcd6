# "one tensor of shape (steps, n, h)": shows on one step, where the first axis is lost.
# shown: differ(T(1, 2, 3), T(2, 4), T(3, 4), T(4, 4) / 3, T(4))
# kind: inputs
import torch


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    hs = []
    for x in xs:
        h = torch.tanh(x @ W_xh + h @ W_hh + b_h)
        hs.append(h)
    return torch.stack(hs).squeeze(0), h
