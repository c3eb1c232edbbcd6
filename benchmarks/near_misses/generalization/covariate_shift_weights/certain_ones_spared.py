# "neither normalised nor clipped": shows below a thousandth, where the weight ends at 1000.
# shown: differ(torch.tensor([0.5, 1e-5]))
# kind: inputs
def covariate_shift_weights(p_source):
    return ((1 - p_source) / p_source).clamp(max=1000)
