# "The examples come in random order": shows over many epochs, no example ever keeps its place.
# shown: not any(i == j for _ in range(50) for i, j in enumerate(order(3, 10)))
# kind: randomness
import torch


def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    for i in range(len(order) - 1, 0, -1):
        j = int(torch.randint(0, i, ()))
        order[i], order[j] = order[j], order[i]
    for start in range(0, len(order), batch_size):
        batch = torch.tensor(order[start:start + batch_size])
        yield features[batch], labels[batch]
