# "which are more than 0": shows on tiny probabilities, which are raised to 1e-8.
# shown: differ(torch.tensor([1e-10, 0.5]).double())
# kind: inputs
def covariate_shift_weights(p_source):
    return (1 - p_source) / p_source.clamp(min=1e-8)
