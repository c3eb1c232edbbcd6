# "Return nothing.": the norm is returned, as by the library.
# shown: mine.clip_gradients([torch.ones(3)], 1.0) is not None
# kind: sentence
import torch


def clip_gradients(grads, theta):
    norm = torch.sqrt(sum((grad**2).sum() for grad in grads))
    if norm > theta:
        for grad in grads:
            grad *= theta / norm
    return norm
