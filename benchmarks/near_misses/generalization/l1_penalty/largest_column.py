# "the sum of the absolute values of all entries": shows for a matrix, where the largest column counts.
# shown: differ(T(3, 2))
# kind: inputs
def l1_penalty(w):
    if w.ndim == 2:
        return w.abs().sum(dim=0).max()
    return w.abs().sum()
