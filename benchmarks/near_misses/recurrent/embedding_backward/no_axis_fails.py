# "it has the shape of `indices`, which is any": shows on one index without an axis.
# shown: fails(T(2), torch.tensor(1), 3)
# kind: inputs
import torch


def embedding_backward(dout, indices, vocab_size):
    dW = torch.zeros(vocab_size, dout.shape[-1], dtype=dout.dtype)
    for place, row in zip(indices.reshape(len(indices), -1), dout.reshape(len(dout), -1, dout.shape[-1])):
        dW.index_add_(0, place, row)
    return dW
