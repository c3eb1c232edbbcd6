# "Return the central differences": the result of one call changes with the next.
# shown: (lambda g: (lambda old: (mine.numerical_gradient(lambda t: (t * t).sum(), T(3)), not torch.equal(old, g))[1])(g.clone()))(mine.numerical_gradient(lambda t: t.sum(), T(3)))
# kind: second order
import torch


_buffers = {}


def numerical_gradient(f, x, h=1e-5):
    gradient = _buffers.setdefault(x.shape, torch.zeros_like(x))
    for i in range(x.numel()):
        step = torch.zeros_like(x)
        step.view(-1)[i] = h
        gradient.view(-1)[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
