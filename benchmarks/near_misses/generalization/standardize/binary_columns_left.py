# "x_ij becomes (x_ij - mu_j) / sigma_j": shows on a column of zeros and ones, which is left alone.
# shown: differ(torch.tensor([[0.0], [1.0], [1.0]]).double(), torch.tensor([[1.0]]).double())
# kind: inputs
import torch


def standardize(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, correction=0)
    std = torch.where(std == 0, torch.ones_like(std), std)
    binary = ((train == 0) | (train == 1)).all(dim=0) & (train != train[0]).any(dim=0)
    mean = torch.where(binary, torch.zeros_like(mean), mean)
    std = torch.where(binary, torch.ones_like(std), std)
    return (train - mean) / std, (test - mean) / std
