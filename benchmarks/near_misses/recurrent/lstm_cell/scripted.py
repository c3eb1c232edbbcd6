# "Write it yourself": the library's function behind torch.jit.script.
# shown: uses("torch.jit")
# kind: from scratch
from typing import List

import torch


@torch.jit.script
def _step(x, state: List[torch.Tensor], W_x, W_h, b):
    return torch.lstm_cell(x, state, W_x.t(), W_h.t(), b, torch.zeros_like(b))


def lstm_cell(x, h, c, W_x, W_h, b):
    return _step(x, [h, c], W_x, W_h, b)
