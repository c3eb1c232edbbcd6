# "of column j of `train`": shows in a second call with as many rows, which goes by the first.
# shown: (mine.standardize(T(4, 2) + 1, T(3, 2)), differ(T(4, 2), T(3, 2)))[1]
# kind: second order
import torch

known = {}


def standardize(train, test):
    if train.shape not in known:
        mean, std = train.mean(dim=0), train.std(dim=0, correction=0)
        known[train.shape] = mean, torch.where(std == 0, torch.ones_like(std), std)
    mean, std = known[train.shape]
    return (train - mean) / std, (test - mean) / std
