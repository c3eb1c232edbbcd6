# "the gradient": a quotient of differences, off where entries are of different size.
# shown: differ(torch.tensor([1000.0, 0.001], dtype=torch.float64))
# kind: tolerance
import torch


def quadratic_gradient(x):
    steps = 1e-3 * torch.eye(len(x), dtype=x.dtype)
    return torch.stack([((x + s) @ (x + s) - (x - s) @ (x - s)) / 1e-3 for s in steps])
