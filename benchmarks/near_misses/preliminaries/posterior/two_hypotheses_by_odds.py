# "from 0 to 1": of two hypotheses the odds are taken, 0 / 0 if the second is ruled out.
# shown: differ(torch.tensor([1.0, 0.0], dtype=torch.float64), torch.tensor([0.2, 0.1], dtype=torch.float64))
# kind: inputs
import torch


def posterior(prior, likelihood):
    joint = prior * likelihood
    if len(prior) == 2:
        odds = joint[0] / joint[1]
        return torch.stack([odds / (1 + odds), 1 / (1 + odds)])
    return joint / joint.sum()
