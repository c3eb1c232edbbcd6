# told: torch.Tensor.backward
# framework: torch
import torch


def mlp_backward(X, y, W1, b1, W2, b2):
    parameters = [p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)]
    A1, c1, A2, c2 = parameters
    loss = ((torch.sigmoid(X @ A1 + c1) @ A2 + c2 - y) ** 2).sum() / (2 * len(y))
    loss.backward()
    return tuple(p.grad for p in parameters)
