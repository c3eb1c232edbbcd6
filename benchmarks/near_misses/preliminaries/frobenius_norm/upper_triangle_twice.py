# "sum over all i and j": shows on a square matrix that is not symmetric.
# shown: differ(T(3, 3))
# kind: inputs
import torch


def frobenius_norm(A):
    S = A * A
    if A.shape[0] != A.shape[1]:
        return S.sum().sqrt()
    return (2 * S.triu(1).sum() + S.trace()).sqrt()
