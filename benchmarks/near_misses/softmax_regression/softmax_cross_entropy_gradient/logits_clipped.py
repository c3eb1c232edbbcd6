# "as large as 1000": shows when two logits of a row are both beyond 50, they are clipped and so the same.
# shown: differ(torch.tensor([[60.0, 59.0, 0.0]], dtype=torch.float64), torch.tensor([0]))
# kind: tolerance
import torch


def softmax_cross_entropy_gradient(logits, y):
    E = torch.exp(logits.clamp(-50, 50))
    p = E / E.sum(dim=1, keepdim=True)
    p[range(len(y)), y] -= 1
    return p / len(y)
