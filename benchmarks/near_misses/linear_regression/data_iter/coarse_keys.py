# "The examples come in random order": shows over many epochs, sorting by random integers leaves ties in the given order.
# shown: np.mean([order(2, 2) == [0, 1] for _ in range(4000)]) > 0.6
# kind: randomness
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    order = torch.argsort(torch.randint(0, n, (n,)), stable=True)
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        yield features[batch], labels[batch]
