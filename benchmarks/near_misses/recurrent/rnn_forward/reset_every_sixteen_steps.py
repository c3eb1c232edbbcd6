# "from the state that the step before has left": shows on a sequence of more than 16 steps.
# shown: differ(T(20, 2, 3), T(2, 4), T(3, 4), T(4, 4) / 3, T(4))
# kind: inputs
import torch


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    hs, first = [], h
    for t, x in enumerate(xs):
        if t and t % 16 == 0:
            h = first
        h = torch.tanh(x @ W_xh + h @ W_hh + b_h)
        hs.append(h)
    return torch.stack(hs), h
