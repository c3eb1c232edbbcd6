# "the mean": shows when classes come unequally often, each class weighs the same.
# shown: differ(T(4, 3), torch.tensor([0, 0, 0, 1]))
# kind: second order
import torch


def softmax_cross_entropy_gradient(logits, y):
    E = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    p = E / E.sum(dim=1, keepdim=True)
    p[range(len(y)), y] -= 1
    counts = torch.bincount(y, minlength=logits.shape[1]).to(p.dtype)
    return p / counts[y][:, None] / (counts > 0).sum()
