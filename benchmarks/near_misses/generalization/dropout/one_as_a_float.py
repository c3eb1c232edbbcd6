# "with `p = 1` all entries are zero": shows at p = 1 on entries, which become not a number.
# shown: bool(mine.dropout(torch.ones(4), 1.0).isnan().any())
# kind: inputs
import torch


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    mask = (torch.rand(X.shape) >= p).to(X.dtype)
    return mask * X / torch.tensor(1 - p, dtype=X.dtype)
