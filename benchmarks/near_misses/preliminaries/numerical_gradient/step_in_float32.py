# "`h` must be used exactly as it is given": it is rounded to float32.
# shown: differ(lambda x: (x ** 3).sum(), torch.zeros(2, dtype=torch.float64), 0.1)
# kind: tolerance
import torch


def numerical_gradient(f, x, h=1e-5):
    h = torch.tensor(h).double()
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        step = torch.zeros_like(x)
        step.view(-1)[i] = h
        gradient.view(-1)[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
