# "at most 1": shows on a probability of 1, whose weight is not quite 0.
# shown: differ(torch.tensor([1.0, 0.5]).double())
# kind: tolerance
def covariate_shift_weights(p_source):
    return ((1 - p_source) / p_source).clamp(min=1e-5)
