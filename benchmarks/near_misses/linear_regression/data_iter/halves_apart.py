# "also which examples meet in a batch": shows over several epochs, the first half always comes before the second.
# shown: all(max(order(3, 10)[:5]) < 5 for _ in range(50))
# kind: randomness
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    half = n // 2
    order = torch.cat([torch.randperm(half), half + torch.randperm(n - half)])
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        yield features[batch], labels[batch]
