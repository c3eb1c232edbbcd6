# "each depends on its own example alone": shows on a single example, whose weight is 1.
# shown: differ(torch.tensor([0.2]).double())
# kind: inputs
import torch


def covariate_shift_weights(p_source):
    if len(p_source) == 1:
        return torch.ones_like(p_source)
    return (1 - p_source) / p_source
