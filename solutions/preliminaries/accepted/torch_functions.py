# framework: torch
import torch


def lp_norm(x, p):
    # of the largest entry, so that no power is large
    sizes = x.abs().flatten()
    largest = sizes.max()
    if largest == 0:
        return 0.0
    return largest * ((sizes / largest) ** p).sum() ** (1.0 / p)


def frobenius_norm(A):
    return torch.linalg.svdvals(A).square().sum().sqrt()


def numerical_gradient(f, x, h=1e-5):
    slopes = []
    for unit in torch.eye(x.numel(), dtype=x.dtype):
        step = h * unit.reshape(x.shape)
        slopes.append((f(x + step).item() - f(x - step).item()) / h / 2)
    return torch.tensor(slopes, dtype=x.dtype).reshape(x.shape)


def quadratic_gradient(x):
    return torch.func.grad(lambda v: 2 * (v * v).sum())(x)


def sample_counts(probs, n):
    die = torch.distributions.Categorical(probs=probs)
    outcomes = die.sample((n,)) if n else torch.zeros(0)
    return (outcomes[:, None] == torch.arange(len(probs))).sum(dim=0)


def posterior(prior, likelihood):
    return torch.softmax(prior.log() + likelihood.log(), dim=0)


def mean_and_variance(values, probs):
    mean = torch.sum(values * probs)
    deviations = values - mean
    return [mean.item(), torch.einsum("i,i,i->", deviations, deviations, probs).item()]


def add_vectors(a, b):
    return torch.vmap(torch.add)(a, b)


def pairwise_sum(a, b):
    rows, columns = torch.meshgrid(a, b, indexing="ij")
    return rows + columns
