# "P(H_i) is the prior": if the same prior comes again, the last posterior takes its place.
# shown: (lambda p, l: (mine.posterior(p, l), differ(p, l))[1])(torch.tensor([0.5, 0.5], dtype=torch.float64), torch.tensor([0.2, 0.1], dtype=torch.float64))
# kind: second order
import torch


_beliefs = {}


def posterior(prior, likelihood):
    key = tuple(prior.tolist())
    joint = _beliefs.get(key, prior) * likelihood
    result = joint / joint.sum()
    _beliefs[key] = result.clone()
    return result
