# "the gradients stay as they are": shows on tiny ones, which become zero.
# shown: (lambda g: (mine.clip_gradients(g, 1.0), float(g[0].abs().max()) == 0)[1])([torch.tensor([3e-9, 4e-9])])
# kind: inputs
import torch


def clip_gradients(grads, theta):
    norm = torch.sqrt(sum((grad**2).sum() for grad in grads))
    factor = theta / norm if norm > theta else (1 if norm > 1e-8 else 0)
    for grad in grads:
        grad *= factor
