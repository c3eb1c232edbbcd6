# "the sum goes over all entries": shows for a matrix, where products of two columns are added.
# shown: differ(T(3, 2))
# kind: inputs
def l2_penalty(w):
    if w.ndim == 2:
        return (w.T @ w).sum() / 2
    return (w**2).sum() / 2
