# "The examples come in random order": shows when all examples fit into one batch, which is in the given order.
# shown: all(order(20, 10) == list(range(10)) for _ in range(20))
# kind: randomness
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    order = torch.randperm(n) if n > batch_size else torch.arange(n)
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        yield features[batch], labels[batch]
