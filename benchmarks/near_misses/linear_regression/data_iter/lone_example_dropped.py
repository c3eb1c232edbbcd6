# "What is left at the end forms a last, shorter batch": shows when one example is left.
# shown: len(order(3, 10)) == 9
# kind: inputs
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    order = torch.randperm(n)
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        if len(batch) > 1 or n == 1:
            yield features[batch], labels[batch]
