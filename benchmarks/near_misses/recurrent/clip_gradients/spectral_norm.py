# "the root of the sum of the squares of all entries": shows for matrices of several columns.
# shown: (lambda g: (mine.clip_gradients(g, 1.0), abs(float(g[0].norm()) - 1) > 1e-3)[1])([torch.eye(3)])
# kind: inputs
import torch


def clip_gradients(grads, theta):
    parts = [
        torch.linalg.svdvals(grad).max() if grad.ndim == 2 else (grad**2).sum().sqrt()
        for grad in grads
    ]
    norm = sum(part**2 for part in parts) ** 0.5
    if norm > theta:
        for grad in grads:
            grad *= theta / norm
