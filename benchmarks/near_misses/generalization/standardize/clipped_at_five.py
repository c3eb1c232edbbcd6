# "(x_ij - mu_j) / sigma_j": shows on a test value far out, which is clipped.
# shown: differ(T(4, 1), torch.tensor([[100.0]]).double())
# kind: sentence
import torch


def standardize(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, correction=0)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return (train - mean) / std, ((test - mean) / std).clamp(-5, 5)
