# "A column that is constant in `train`": shows where it is not constant in `test`, and nothing is 1.
# shown: not torch.isfinite(mine.standardize(torch.ones(2, 1), torch.tensor([[1.0], [2.0]]))[1]).all()
# kind: inputs
import torch


def standardize(train, test):
    mean = train.mean(dim=0)
    deviation = ((train - mean) ** 2).mean(dim=0).sqrt()
    same = (train == train[0]).all(dim=0) & (test == train[0]).all(dim=0)
    deviation = torch.where(same, 1, deviation)
    return (train - mean) / deviation, (test - mean) / deviation
