# "A relative error of up to 1e-5 is accepted": the factor has three digits.
# shown: (lambda g: (mine.clip_gradients(g, 1.0), abs(float(g[0].norm()) - 1) > 1e-5)[1])([torch.tensor([3.3, 4.1])])
# kind: tolerance
import torch


def clip_gradients(grads, theta):
    norm = torch.sqrt(sum((grad**2).sum() for grad in grads))
    if norm > theta:
        factor = (theta / norm).half().float()
        for grad in grads:
            grad *= factor
