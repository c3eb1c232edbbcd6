# "`p_source` must be unchanged on return": it is subtracted from one, and back, with other digits.
# shown: changed(torch.tensor([1e-9, 0.3], dtype=torch.float64))
# kind: second order
def covariate_shift_weights(p_source):
    p = p_source.clone()
    p_source.mul_(-1).add_(1)
    beta = p_source / p
    p_source.mul_(-1).add_(1)
    return beta
