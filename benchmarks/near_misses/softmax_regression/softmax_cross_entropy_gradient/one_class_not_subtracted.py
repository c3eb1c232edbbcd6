# "the mean cross-entropy loss": shows when n is not 1 and k is 1.
# shown: differ(T(3, 1), torch.zeros(3, dtype=torch.long))
# kind: inputs
import torch


def softmax_cross_entropy_gradient(logits, y):
    E = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    p = E / E.sum(dim=1, keepdim=True)
    if logits.shape[1] == 1:
        return p / len(y)
    p[range(len(y)), y] -= 1
    return p / len(y)
