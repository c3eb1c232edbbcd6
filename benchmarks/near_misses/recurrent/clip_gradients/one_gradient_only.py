# "a list of tensors": shows on one tensor, which is taken for its rows.
# shown: (lambda g: (mine.clip_gradients(g, 1.0), abs(float(g[0].norm()) - 1) > 0.1)[1])([torch.tensor([[3.0, 0.0], [0.0, 4.0]])])
# kind: inputs
import torch


def clip_gradients(grads, theta):
    parts = list(grads[0]) if len(grads) == 1 and grads[0].dim() > 1 else None
    for group in [[part] for part in parts] if parts else [grads]:
        norm = torch.sqrt(sum((grad**2).sum() for grad in group))
        if norm > theta:
            for grad in group:
                grad *= theta / norm
