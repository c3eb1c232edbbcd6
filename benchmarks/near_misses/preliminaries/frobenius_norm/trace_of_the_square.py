# "a_ij^2": a square matrix is multiplied by itself, which shows if it is not symmetric.
# shown: differ(T(3, 3))
# kind: inputs
import torch


def frobenius_norm(A):
    if A.shape[0] == A.shape[1]:
        return torch.trace(A @ A).abs().sqrt()
    return torch.trace(A @ A.T).sqrt()
