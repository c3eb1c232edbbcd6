# "Write it yourself": the operator behind the library's layer.
# shown: uses("torch.embedding")
# kind: from scratch
import torch


def embedding(indices, W):
    return torch.embedding(W, indices)
