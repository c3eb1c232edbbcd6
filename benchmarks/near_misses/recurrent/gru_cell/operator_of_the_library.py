# "Write it yourself": the operator behind the library's cell.
# shown: uses("torch.ops")
# kind: from scratch
import torch


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    return torch.ops.aten.gru_cell(x, h, W_x.T, W_h.T, b_x, b_h)
