# "neither normalised nor clipped": shows where the weights sum to more than a thousand.
# shown: differ(torch.tensor([1e-4, 0.5]).double())
# kind: sentence
def covariate_shift_weights(p_source):
    beta = (1 - p_source) / p_source
    return beta * (1000 / beta.sum()) if beta.sum() > 1000 else beta
