# told: torch.Tensor.backward
# framework: torch
import torch


def embedding_backward(dout, indices, vocab_size):
    W = torch.zeros(vocab_size, dout.shape[-1], dtype=dout.dtype, requires_grad=True)
    W[indices].backward(dout)
    return W.grad
