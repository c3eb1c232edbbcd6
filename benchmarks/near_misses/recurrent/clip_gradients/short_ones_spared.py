# "all tensors are scaled by the same factor": one that is short by itself is left as it is.
# shown: (lambda g: (mine.clip_gradients(g, 1.0), float(g[1][0]) == 0.5)[1])([torch.tensor([3.0]), torch.tensor([0.5])])
# kind: sentence
import torch


def clip_gradients(grads, theta):
    norm = torch.sqrt(sum((grad**2).sum() for grad in grads))
    if norm > theta:
        for grad in grads:
            if grad.norm() > theta:
                grad *= theta / norm
