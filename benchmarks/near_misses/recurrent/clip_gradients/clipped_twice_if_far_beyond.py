# "scaled by the same factor": shows where the norm is more than a hundred times theta.
# shown: (lambda g: (mine.clip_gradients(g, 1.0), abs(float(g[0][0]) - 1) > 1e-3)[1])([torch.tensor([500.0])])
# kind: inputs
import torch


def clip_gradients(grads, theta):
    norm = torch.sqrt(sum((grad**2).sum() for grad in grads))
    if norm > 100 * theta:
        for grad in grads:
            grad.zero_()
    elif norm > theta:
        for grad in grads:
            grad *= theta / norm
