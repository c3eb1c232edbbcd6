# "Return the Frobenius norm": the result of one call changes with the next.
# shown: (lambda a: float(a) != (mine.frobenius_norm(T(4, 4)), float(a))[1])(mine.frobenius_norm(T(2, 3)))
# kind: second order
import torch


_result = torch.zeros((), dtype=torch.float64)


def frobenius_norm(A):
    return _result.copy_((A * A).sum().sqrt())
