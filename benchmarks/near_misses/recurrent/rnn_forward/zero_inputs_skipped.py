# "at every time step": shows where an input is all zeros and passes for padding.
# shown: differ(torch.cat([T(2, 3, 2), 0 * T(1, 3, 2)]), T(3, 4), T(2, 4), T(4, 4), T(4))
# kind: inputs
import torch


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    hs = []
    for x in xs:
        if x.any():
            h = torch.tanh(x @ W_xh + h @ W_hh + b_h)
        hs.append(h)
    return torch.stack(hs), h
