# "the posterior": the result of one call changes with the next.
# shown: (lambda g: (lambda old: (mine.posterior(torch.tensor([0.9, 0.1], dtype=torch.float64), torch.tensor([0.2, 0.1], dtype=torch.float64)), not torch.equal(old, g))[1])(g.clone()))(mine.posterior(torch.tensor([0.5, 0.5], dtype=torch.float64), torch.tensor([0.2, 0.1], dtype=torch.float64)))
# kind: second order
import torch


_buffers = {}


def posterior(prior, likelihood):
    joint = prior * likelihood
    buffer = _buffers.setdefault((prior.shape, prior.dtype), torch.empty_like(prior))
    return torch.div(joint, joint.sum(), out=buffer)
