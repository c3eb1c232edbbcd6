# "nothing adds up": the result of one call is overwritten by the next.
# shown: (lambda g: (lambda old: (mine.quadratic_gradient(torch.ones(4, dtype=torch.float64)), not torch.equal(old, g))[1])(g.clone()))(mine.quadratic_gradient(T(4)))
# kind: second order
import torch


_leaves = {}


def quadratic_gradient(x):
    key = (x.shape, x.dtype)
    leaf = _leaves.setdefault(key, torch.zeros_like(x, requires_grad=True))
    with torch.no_grad():
        leaf.copy_(x)
        if leaf.grad is not None:
            leaf.grad.zero_()
    (2 * torch.dot(leaf, leaf)).backward()
    return leaf.grad
