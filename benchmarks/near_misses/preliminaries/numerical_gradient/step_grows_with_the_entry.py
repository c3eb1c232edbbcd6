# "`h` must be used exactly as it is given": shows where an entry is above 1.
# shown: differ(lambda x: (x ** 3).sum(), torch.tensor([4.0], dtype=torch.float64), 0.5)
# kind: inputs
import torch


def numerical_gradient(f, x, h=1e-5):
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        own = h * max(1.0, abs(float(x.reshape(-1)[i])))
        step = torch.zeros_like(x)
        step.view(-1)[i] = own
        gradient.view(-1)[i] = (f(x + step) - f(x - step)) / (2 * own)
    return gradient
