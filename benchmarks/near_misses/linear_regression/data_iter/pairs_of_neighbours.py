# "also which examples meet in a batch": shows over several epochs, examples 0 and 1 are always neighbours.
# shown: all(abs(order(3, 10).index(0) - again.index(1)) == 1 for _ in range(50))
# kind: randomness
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    pairs = [range(i, min(i + 2, n)) for i in range(0, n, 2)]
    order = [i for p in torch.randperm(len(pairs)).tolist() for i in pairs[p]]
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        yield features[batch], labels[batch]
