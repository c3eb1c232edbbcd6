# "each in its shape and dtype": shows in float64, where mean and deviation are rounded.
# shown: differ(T(4, 2), T(3, 2))
# kind: tolerance
import torch


def standardize(train, test):
    mean = train.float().mean(dim=0).to(train.dtype)
    std = train.float().std(dim=0, correction=0).to(train.dtype)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return (train - mean) / std, (test - mean) / std
