# "`indices` must be unchanged on return": a last word is counted from the end.
# shown: changed(torch.tensor([2, 0]), T(3, 4))
# kind: sentence
import torch


def embedding(indices, W):
    indices[indices == len(W) - 1] = -1
    return W[indices]
