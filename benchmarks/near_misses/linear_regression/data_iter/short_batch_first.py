# "What is left at the end forms a last, shorter batch": shows when the batches do not come out even, the short one comes first.
# shown: [len(X) for X, _ in mine.data_iter(4, T(10, 2), T(10, 1))] == [2, 4, 4]
# kind: inputs
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    order = torch.randperm(n)
    ends = list(range(n, 0, -batch_size))[::-1]
    for end in ends:
        batch = order[max(0, end - batch_size):end]
        yield features[batch], labels[batch]
