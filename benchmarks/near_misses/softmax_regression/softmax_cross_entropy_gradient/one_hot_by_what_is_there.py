# "integers from `0` to `k - 1`": shows when the last class is no label.
# shown: differ(T(3, 4), torch.tensor([0, 1, 0]))
# kind: inputs
import torch


def softmax_cross_entropy_gradient(logits, y):
    E = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    p = E / E.sum(dim=1, keepdim=True)
    target = (y[:, None] == torch.unique(y)[None, :]).to(p.dtype)
    if target.shape == p.shape:
        return (p - target) / len(y)
    full = torch.zeros_like(p)
    full[:, -target.shape[1]:] = target
    return (p - full) / len(y)
