# "does not require grad, and still does not after the call": it does.
# shown: (lambda x: (mine.quadratic_gradient(x), x.requires_grad)[1])(T(3))
# kind: sentence
import torch


def quadratic_gradient(x):
    x.requires_grad_(True)
    return torch.autograd.grad(2 * torch.dot(x, x), x)[0]
