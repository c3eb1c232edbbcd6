# "the limit theta": shows on the second call, where the smallest limit so far counts.
# shown: (lambda g, h: (mine.clip_gradients(g, 1.0), mine.clip_gradients(h, 3.0), float(h[0].norm()) < 2)[2])([torch.tensor([3.0, 4.0])], [torch.tensor([3.0, 4.0])])
# kind: second order
import torch

limits = []


def clip_gradients(grads, theta):
    limits.append(theta)
    norm = torch.sqrt(sum((grad**2).sum() for grad in grads))
    if norm > min(limits):
        for grad in grads:
            grad *= min(limits) / norm
