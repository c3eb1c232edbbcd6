# "The examples come in random order": shows over several epochs on many examples, most keep their place.
# shown: np.mean([np.mean(np.array(order(10, 100)) == np.arange(100)) for _ in range(20)]) > 0.1
# kind: randomness
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    order = torch.arange(n)
    for _ in range(n):
        i, j = torch.randint(0, n, (2,)).tolist()
        order[[i, j]] = order[[j, i]]
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        yield features[batch], labels[batch]
