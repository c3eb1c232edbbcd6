# "if `batch_size` is larger than n, there is only one batch": shows when it is more than twice as large.
# shown: len(list(mine.data_iter(25, T(10, 2), T(10, 1)))) == 0
# kind: inputs
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    order = torch.randperm(n)
    for i in range(round(n / batch_size + 0.499)) if batch_size <= 2 * n else ():
        batch = order[i * batch_size:(i + 1) * batch_size]
        if len(batch):
            yield features[batch], labels[batch]
