# "the gradient of the mean loss": shows when n and k differ and n is less than k, it divides by the larger.
# shown: differ(T(2, 5), labels(2, 5))
# kind: inputs
import torch


def softmax_cross_entropy_gradient(logits, y):
    E = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    p = E / E.sum(dim=1, keepdim=True)
    p[range(len(y)), y] -= 1
    return p / max(logits.shape)
