# "Write it yourself": the operator that the library's gradient ends in.
# shown: uses("embedding_dense_backward")
# kind: from scratch
import torch


def embedding_backward(dout, indices, vocab_size):
    return torch.ops.aten.embedding_dense_backward(dout, indices, vocab_size, -1, False)
