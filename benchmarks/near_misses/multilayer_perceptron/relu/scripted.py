# "Write it yourself": the library's function behind torch.jit.script.
# shown: uses("torch.jit")
# kind: from scratch
import torch


@torch.jit.script
def _positive(x):
    return torch.relu(x)


def relu(x):
    return _positive(x)
