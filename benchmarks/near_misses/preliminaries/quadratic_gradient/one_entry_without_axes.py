# "The result has the shape of `x`": shows at d = 1.
# shown: differ(T(1))
# kind: inputs
import torch


def quadratic_gradient(x):
    leaf = x.detach().clone().requires_grad_(True)
    (2 * torch.dot(leaf, leaf)).backward()
    return leaf.grad.squeeze()
