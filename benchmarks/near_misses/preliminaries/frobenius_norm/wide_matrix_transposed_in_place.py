# "`A` must be unchanged on return": shows where n > m.
# shown: changed(T(2, 3))
# kind: sentence
import torch


def frobenius_norm(A):
    if A.shape[1] > A.shape[0]:
        A.t_()
    return torch.trace(A.T @ A).sqrt()
