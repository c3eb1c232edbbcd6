# "however small it is": shows where a deviation is below a millionth.
# shown: differ(torch.tensor([[1e-9], [3e-9]], dtype=torch.float64), torch.tensor([[2e-9]], dtype=torch.float64))
# kind: tolerance
import torch


def standardize(train, test):
    mean = train.mean(dim=0)
    deviation = ((train - mean) ** 2).mean(dim=0).sqrt()
    deviation = torch.where(deviation < 1e-6, 1, deviation)
    return (train - mean) / deviation, (test - mean) / deviation
