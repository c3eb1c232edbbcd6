# "Each call shuffles them anew": shows on two calls with the same data, the seed is made of them.
# shown: order(3, 10) == order(3, 10)
# kind: randomness
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    seed = int(features.abs().double().sum() * 1000) % 2**31
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        yield features[batch], labels[batch]
