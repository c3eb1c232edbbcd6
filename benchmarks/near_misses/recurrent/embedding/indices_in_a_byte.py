# "integers from `0` to `vocab_size - 1`": shows where the vocabulary has more than 256 words.
# shown: differ(torch.tensor([0, 299]), T(300, 4))
# kind: inputs
import torch


def embedding(indices, W):
    return W[indices.to(torch.uint8).long()]
