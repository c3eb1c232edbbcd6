# "Each call shuffles them anew": shows on two calls, the second goes through the order of the first backwards.
# shown: order(3, 10) == order(3, 10)[::-1]
# kind: randomness
import torch


_last = []


def data_iter(batch_size, features, labels):
    n = len(features)
    if _last and len(_last[0]) == n:
        order = _last.pop().flip(0)
    else:
        order = torch.randperm(n)
        _last[:] = [order]
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        yield features[batch], labels[batch]
