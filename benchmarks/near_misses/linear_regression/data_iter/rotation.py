# "also which examples meet in a batch": shows over several epochs, the order is always a rotation.
# shown: all((order(3, 10)[1] - again[0]) % 10 in (1, 9) for _ in range(50))
# kind: randomness
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    order = (torch.arange(n) + int(torch.randint(0, n, ()))) % n
    if torch.rand(()) < 0.5:
        order = order.flip(0)
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        yield features[batch], labels[batch]
