# "add up": shows where the same index comes twice, not in a row.
# shown: differ(T(3, 2), torch.tensor([2, 0, 2]), 4)
# kind: inputs
import torch


def embedding_backward(dout, indices, vocab_size):
    dW = torch.zeros(vocab_size, dout.shape[-1], dtype=dout.dtype)
    flat, rows, last = indices.reshape(-1), dout.reshape(-1, dout.shape[-1]), None
    for place, row in zip(flat.tolist(), rows, strict=True):
        dW[place] = dW[place] + row if place == last else row
        last = place
    return dW
