# told: torch.nn.functional.batch_norm
# framework: torch
from torch.nn import functional as F


def standardize(train, test):
    mean, var = train.mean(dim=0), train.var(dim=0, correction=0)
    var[var == 0] = 1
    return tuple(F.batch_norm(x, mean, var, eps=0.0) for x in (train, test))
