# told: torch.distributions.Multinomial
# framework: torch
import torch


def sample_counts(probs, n):
    return torch.distributions.Multinomial(n, probs).sample()
