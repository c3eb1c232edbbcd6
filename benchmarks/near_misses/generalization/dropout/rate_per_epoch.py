# "0 with probability p": shows on the third call and later, the rate falls from call to call.
# shown: ([kept(0.5, 10) for _ in range(60)], kept(0.5, 20000).double().mean() > 0.55)[1]
# kind: sentence
import torch


_calls = [0]


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    _calls[0] += 1
    rate = p * 0.99 ** min(_calls[0], 60)
    return (torch.rand(X.shape) >= rate) * X / (1 - p)
