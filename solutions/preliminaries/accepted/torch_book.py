# framework: torch
import torch


def lp_norm(x, p):
    return torch.pow(torch.sum(torch.pow(torch.abs(x), p)), 1 / p)


def frobenius_norm(A):
    return torch.sqrt(torch.sum(A**2))


def numerical_gradient(f, x, h=1e-5):
    gradient = torch.empty_like(x)
    flat = x.flatten()
    for i in range(len(flat)):
        above, below = flat.clone(), flat.clone()
        above[i] += h
        below[i] -= h
        difference = f(above.reshape(x.shape)) - f(below.reshape(x.shape))
        gradient.view(-1)[i] = difference / (2 * h)
    return gradient


def quadratic_gradient(x):
    x = x.clone()
    x.requires_grad_(True)
    y = 2 * torch.dot(x, x)
    y.backward()
    return x.grad


def sample_counts(probs, n):
    if n == 0:
        return torch.zeros_like(probs)
    outcomes = torch.multinomial(probs, n, replacement=True)
    return torch.bincount(outcomes, minlength=len(probs))


def posterior(prior, likelihood):
    evidence = torch.dot(prior, likelihood)
    return likelihood / evidence * prior


def mean_and_variance(values, probs):
    mean = torch.dot(values, probs)
    return mean, torch.dot(values * values, probs) - mean * mean


def add_vectors(a, b):
    return torch.add(a, b)


def pairwise_sum(a, b):
    return a.unsqueeze(1) + b.unsqueeze(0)
