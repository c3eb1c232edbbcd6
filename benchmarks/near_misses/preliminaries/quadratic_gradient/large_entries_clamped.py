# "the gradient with respect to `x`": shows above 1000.
# shown: differ(torch.tensor([2000.0, 1.0], dtype=torch.float64))
# kind: inputs
import torch


def quadratic_gradient(x):
    leaf = x.detach().clone().requires_grad_(True)
    clamped = leaf.clamp(-1000, 1000)
    (2 * torch.dot(clamped, clamped)).backward()
    return leaf.grad
