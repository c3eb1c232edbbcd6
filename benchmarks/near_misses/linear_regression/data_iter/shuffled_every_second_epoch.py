# "Each call shuffles them anew": shows on two calls, one of them uses the order of the one before.
# shown: order(3, 10) == order(3, 10)
# kind: randomness
import torch


_kept = {}


def data_iter(batch_size, features, labels):
    n = len(features)
    calls, order = _kept.get(n, (0, None))
    if calls % 2 == 0:
        order = torch.randperm(n)
    _kept[n] = calls + 1, order
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        yield features[batch], labels[batch]
