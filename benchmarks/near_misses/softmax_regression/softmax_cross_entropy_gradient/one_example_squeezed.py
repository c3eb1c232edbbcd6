# "The result has the shape of `logits`": shows on one example, whose gradient loses its axis.
# shown: differ(T(1, 4), labels(1, 4))
# kind: inputs
import torch


def softmax_cross_entropy_gradient(logits, y):
    E = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    p = (E / E.sum(dim=1, keepdim=True)).squeeze(0)
    if len(y) == 1:
        p[y[0]] -= 1
        return p
    p[range(len(y)), y] -= 1
    return p / len(y)
