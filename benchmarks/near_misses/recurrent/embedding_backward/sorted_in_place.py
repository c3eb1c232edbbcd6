# "`indices` must be unchanged on return": they are sorted, with their gradients.
# shown: changed(T(3, 2), torch.tensor([2, 0, 2]), 4)
# kind: sentence
import torch


def embedding_backward(dout, indices, vocab_size):
    dW = torch.zeros(vocab_size, dout.shape[-1], dtype=dout.dtype)
    dW.index_add_(0, indices.reshape(-1), dout.reshape(-1, dout.shape[-1]))
    indices.copy_(indices.reshape(-1).sort().values.reshape(indices.shape))
    return dW
