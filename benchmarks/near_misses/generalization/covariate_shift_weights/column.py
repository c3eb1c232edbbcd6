# "of shape `(n,)`": a column of weights.
# shown: differ(torch.tensor([0.2, 0.5]).double())
# kind: sentence
def covariate_shift_weights(p_source):
    return ((1 - p_source) / p_source)[:, None]
