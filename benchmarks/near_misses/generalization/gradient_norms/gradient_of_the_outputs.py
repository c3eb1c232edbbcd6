# "with respect to each weight": it is the gradient with respect to what each layer returns.
# shown: abs(mine.gradient_norms(1, "sigmoid")[0] - 8) < 1e-3
# kind: sentence
import torch


def gradient_norms(depth, activation):
    f = {"sigmoid": torch.sigmoid, "relu": torch.relu}[activation]
    h, outputs = torch.ones(1, 64), []
    for _ in range(depth):
        W = (2 / 64) ** 0.5 * torch.randn(64, 64)
        h = f(h @ W).requires_grad_()
        h.retain_grad()
        outputs.append(h)
    h.sum().backward()
    return [float(h.grad.norm()) for h in outputs]
