# "shape and dtype of `logits`": shows in float64, probabilities are of float32.
# shown: differ(T(3, 4), labels(3, 4))
# kind: tolerance
import torch


def softmax_cross_entropy_gradient(logits, y):
    E = torch.exp((logits - logits.amax(dim=1, keepdim=True)).float())
    p = (E / E.sum(dim=1, keepdim=True)).to(logits.dtype)
    p[range(len(y)), y] -= 1
    return p / len(y)
