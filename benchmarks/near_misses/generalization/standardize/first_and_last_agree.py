# "No other column's deviation counts as $1$": shows where the first and the last entry are equal.
# shown: differ(torch.tensor([[1.0], [3.0], [1.0]]), torch.tensor([[2.0]]))
# kind: inputs
import torch


def standardize(train, test):
    mean = train.mean(dim=0)
    deviation = ((train - mean) ** 2).mean(dim=0).sqrt()
    deviation = torch.where(train[0] == train[-1], 1, deviation)
    return (train - mean) / deviation, (test - mean) / deviation
