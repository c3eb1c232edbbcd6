# "`logits` and `y` must be unchanged on return": shows in float64, where `double()` makes no copy.
# shown: changed(T(3, 4), labels(3, 4))
# kind: sentence
import torch


def softmax_cross_entropy_gradient(logits, y):
    p = logits.double()
    p -= p.amax(dim=1, keepdim=True)
    p = torch.exp(p)
    p = p / p.sum(dim=1, keepdim=True)
    p[range(len(y)), y] -= 1
    return (p / len(y)).to(logits.dtype)
