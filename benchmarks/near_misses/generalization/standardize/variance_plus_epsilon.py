# "its deviation counts as 1": a guard of 1e-8 is added to the variance.
# shown: differ(torch.tensor([[1e-4], [2e-4]], dtype=torch.float64), torch.tensor([[1.0]], dtype=torch.float64))
# kind: tolerance
import torch


def standardize(train, test):
    mean = train.mean(dim=0)
    var = train.var(dim=0, correction=0)
    std = torch.where(var == 0, torch.ones_like(var), torch.sqrt(var + 1e-8))
    return (train - mean) / std, (test - mean) / std
