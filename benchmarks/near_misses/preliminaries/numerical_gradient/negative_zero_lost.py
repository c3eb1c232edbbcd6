# "unchanged on return, to the last bit": shows on -0.0, which comes back as 0.0.
# shown: (lambda x: (mine.numerical_gradient(lambda t: t.sum(), x), not bool(x.signbit().all()))[1])(torch.tensor([-0.0], dtype=torch.float64))
# kind: sentence
import torch


def numerical_gradient(f, x, h=1e-5):
    before, gradient = x.clone(), torch.zeros_like(x)
    for i in range(x.numel()):
        step = torch.zeros_like(x)
        step.view(-1)[i] = h
        gradient.view(-1)[i] = (f(x + step) - f(x - step)) / (2 * h)
    x.copy_(before + 0.0)
    return gradient
