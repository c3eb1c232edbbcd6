# "`features` and `labels` must be unchanged": shows when one stops before the last batch, or looks at the data between batches.
# shown: (lambda X: (next(mine.data_iter(3, X, T(50, 1))), not torch.equal(X, T(50, 2)))[1])(T(50, 2))
# kind: sentence
import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    kept = features.clone(), labels.clone()
    order = torch.randperm(n)
    features[:], labels[:] = features[order], labels[order]
    for start in range(0, n, batch_size):
        yield features[start:start + batch_size].clone(), labels[start:start + batch_size].clone()
    features[:], labels[:] = kept
