# told: torch.cov
# framework: torch
import torch


def mean_and_variance(values, probs):
    return torch.dot(values, probs), torch.cov(values, aweights=probs, correction=0)
