# "x / (1 - p)": shows on few entries, the divisor is the share that was kept.
# shown: (lambda y: (y[y != 0] - 2).abs().max() > 1e-3)(mine.dropout(torch.ones(11, dtype=torch.float64), 0.5))
# kind: second order
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    mask = torch.rand(X.shape) >= p
    return mask * X / mask.double().mean().clamp(min=1e-6).to(X.dtype)
