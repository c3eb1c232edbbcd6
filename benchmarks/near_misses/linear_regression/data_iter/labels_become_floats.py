# "Batches keep the dtype of the data": shows when labels are integers.
# shown: next(iter(mine.data_iter(4, T(10, 2), torch.arange(10))))[1].dtype != torch.int64
# kind: inputs
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    order = torch.randperm(n)
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        yield features[batch], labels[batch].to(features.dtype)
