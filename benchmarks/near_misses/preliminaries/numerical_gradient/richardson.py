# "even if another one would come closer": h and h / 2 are combined.
# shown: differ(lambda x: x.exp().sum(), T(3), 0.5)
# kind: sentence
import torch


def numerical_gradient(f, x, h=1e-5):
    def central(step):
        return (f(x + step) - f(x - step)) / (2 * step.sum())

    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        step = torch.zeros_like(x)
        step.view(-1)[i] = h
        gradient.view(-1)[i] = (4 * central(step / 2) - central(step)) / 3
    return gradient
