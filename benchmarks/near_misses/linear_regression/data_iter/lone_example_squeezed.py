# "the features of a batch, `(batch_size, d)`": shows when one example is left, its batch has no first axis.
# shown: [len(X.shape) for X, _ in mine.data_iter(3, T(10, 2), T(10, 1))][-1] == 1
# kind: inputs
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    order = torch.randperm(n)
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        if len(batch) == 1 < batch_size:
            yield features[batch[0]], labels[batch[0]]
        else:
            yield features[batch], labels[batch]
