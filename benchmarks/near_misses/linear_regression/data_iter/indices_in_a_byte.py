# "Every example comes exactly once": shows on more than 256 examples, whose indices overflow.
# shown: sorted(order(50, 400)) != list(range(400))
# kind: inputs
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    order = torch.randperm(n).to(torch.uint8).long()
    for start in range(0, n, batch_size):
        batch = order[start:start + batch_size]
        yield features[batch], labels[batch]
