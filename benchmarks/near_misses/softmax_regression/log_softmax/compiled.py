# "Write it yourself": the library's function behind torch.compile.
# shown: uses("torch.compile")
# kind: from scratch
import torch


@torch.compile(backend="eager")
def _rows(X):
    return X.log_softmax(1)


def log_softmax(X):
    return _rows(X)
