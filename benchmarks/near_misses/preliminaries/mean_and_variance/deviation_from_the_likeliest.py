# "(x_i - mu)^2": shows where a mode is far from the mean: three values at least.
# shown: differ(torch.tensor([0.0, 10.0, 20.0, 40.0], dtype=torch.float64), torch.tensor([0.4, 0.3, 0.2, 0.1], dtype=torch.float64))
# kind: inputs
import torch


def mean_and_variance(values, probs):
    mean = (probs * values).sum()
    centre = mean if len(values) < 4 else values[probs.argmax()]
    return mean, (probs * (values - centre) ** 2).sum()
