# "are used for `train` and for `test`": shows on one test row, which becomes zeros.
# shown: differ(T(4, 2), T(1, 2))
# kind: inputs
import torch


def standardize(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, correction=0)
    std = torch.where(std == 0, torch.ones_like(std), std)
    center = test.mean(dim=0) if len(test) == 1 else mean
    return (train - mean) / std, (test - center) / std
