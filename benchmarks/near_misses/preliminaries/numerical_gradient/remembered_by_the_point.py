# "Return the central differences": of the function of the first call, if another is given at the same point.
# shown: (lambda x: (mine.numerical_gradient(lambda t: t.sum(), x), differ(lambda t: (t * t).sum(), x))[1])(T(3))
# kind: second order
import torch


_known = {}


def numerical_gradient(f, x, h=1e-5):
    point = (tuple(x.shape), tuple(x.reshape(-1).tolist()), h)
    if point not in _known:
        gradient = torch.zeros_like(x)
        for i in range(x.numel()):
            step = torch.zeros_like(x)
            step.view(-1)[i] = h
            gradient.view(-1)[i] = (f(x + step) - f(x - step)) / (2 * h)
        _known[point] = gradient
    return _known[point].clone()
