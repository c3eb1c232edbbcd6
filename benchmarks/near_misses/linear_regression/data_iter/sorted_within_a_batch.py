# "The examples come in random order": shows over several epochs, the examples of a batch are always in ascending order.
# shown: all(sorted(order(5, 10)[:5]) == again[:5] for _ in range(50))
# kind: randomness
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    order = torch.randperm(n)
    for start in range(0, n, batch_size):
        batch, _ = order[start:start + batch_size].sort()
        yield features[batch], labels[batch]
