# "the dtype of `p_source`": shows in float64, where digits are lost.
# shown: differ(torch.tensor([0.3, 0.7]).double())
# kind: tolerance
def covariate_shift_weights(p_source):
    p = p_source.float()
    return ((1 - p) / p).to(p_source.dtype)
