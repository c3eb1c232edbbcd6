# "as if its entries stood in one long vector": of a square matrix the spectral norm.
# shown: differ(T(3, 3))
# kind: inputs
import torch


def frobenius_norm(A):
    values = torch.linalg.svdvals(A)
    if A.shape[0] == A.shape[1]:
        return values.max()
    return (values * values).sum().sqrt()
