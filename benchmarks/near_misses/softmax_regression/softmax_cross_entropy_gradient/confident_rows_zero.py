# "right": shows where the true class has a probability beyond 0.999, there the gradient is 0.
# shown: differ(torch.tensor([[9.0, 0.0, 0.0]], dtype=torch.float64), torch.tensor([0]))
# kind: tolerance
import torch


def softmax_cross_entropy_gradient(logits, y):
    E = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    p = E / E.sum(dim=1, keepdim=True)
    p[range(len(y)), y] -= 1
    return torch.where(p.abs() < 1e-3, torch.zeros_like(p), p) / len(y)
