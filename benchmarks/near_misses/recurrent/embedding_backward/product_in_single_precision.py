# "The result has the dtype of `dout`": shows in float64, the sum was one of float32.
# shown: differ(T(3, 2), torch.tensor([2, 0, 2]), 4)
# kind: tolerance
import torch


def embedding_backward(dout, indices, vocab_size):
    chosen = (indices.reshape(-1, 1) == torch.arange(vocab_size)).float()
    return (chosen.T @ dout.reshape(-1, dout.shape[-1]).float()).to(dout.dtype)
