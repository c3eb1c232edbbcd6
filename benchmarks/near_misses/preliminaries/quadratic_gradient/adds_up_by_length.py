# "nothing adds up": shows in the second call with a vector of the same length.
# shown: (mine.quadratic_gradient(T(4)), differ(T(4)))[1]
# kind: second order
import torch


_leaves = {}


def quadratic_gradient(x):
    leaf = _leaves.setdefault((x.shape, x.dtype), torch.zeros_like(x, requires_grad=True))
    with torch.no_grad():
        leaf.copy_(x)
    (2 * torch.dot(leaf, leaf)).backward()
    return leaf.grad.clone()
