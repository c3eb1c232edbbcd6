# "the dtype of the inputs": shows on half precision, the result is float32.
# shown: differ(T(4, 3).half(), T(3, 1).half(), T(1).half())
# kind: inputs
import torch


def linreg(X, w, b):
    wide = torch.float64 if X.dtype == torch.float64 else torch.float32
    return X.to(wide) @ w.to(wide) + b.to(wide)
