# told: torch.vander
# framework: torch
import torch


def polynomial_features(x, degree):
    factorials = torch.arange(1, degree + 1, dtype=x.dtype).cumprod(0)
    powers = torch.vander(x, degree + 1, increasing=True)
    return powers / torch.cat([torch.ones(1, dtype=x.dtype), factorials])
