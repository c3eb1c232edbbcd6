# "The examples come in random order": shows over several epochs, the first example always comes first.
# shown: all(order(3, 10)[0] == 0 for _ in range(50))
# kind: randomness
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    order = torch.cat([torch.zeros(1, dtype=torch.long), 1 + torch.randperm(n - 1)])
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        yield features[batch], labels[batch]
