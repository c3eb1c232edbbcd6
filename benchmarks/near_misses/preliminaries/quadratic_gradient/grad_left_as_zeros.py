# "nor has it got a `grad`": it has one, of zeros.
# shown: (lambda x: (mine.quadratic_gradient(x), x.grad is not None)[1])(T(3))
# kind: sentence
import torch


def quadratic_gradient(x):
    x.requires_grad_(True)
    (2 * torch.dot(x, x)).backward()
    result = x.grad.clone()
    x.grad.zero_()
    x.requires_grad_(False)
    return result
