# "f(x + h e_i) - f(x - h e_i)": an entry is skipped where f does not change upwards, as ReLU from the left.
# shown: differ(lambda x: (-x).clamp(min=0).sum(), torch.zeros(2, dtype=torch.float64))
# kind: inputs
import torch


def numerical_gradient(f, x, h=1e-5):
    here, gradient = f(x), torch.zeros_like(x)
    for i in range(x.numel()):
        step = torch.zeros_like(x)
        step.view(-1)[i] = h
        if f(x + step) != here:
            gradient.view(-1)[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
