# "as small as 1e-30": a square of the evidence is too small for float32.
# shown: differ(torch.tensor([0.5, 0.5]), torch.tensor([1e-30, 3e-30]))
# kind: inputs
import torch


def posterior(prior, likelihood):
    joint = prior * likelihood
    evidence = joint.sum()
    return joint * evidence / (evidence * evidence)
