# "Write it yourself": the operator of the library's norm.
# shown: uses("linalg_vector_norm")
# kind: from scratch
import torch


def l1_penalty(w):
    return torch.ops.aten.linalg_vector_norm(w, 1)
