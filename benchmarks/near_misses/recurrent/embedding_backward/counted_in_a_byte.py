# "each of these places adds its part": shows where an index comes more than 127 times.
# shown: differ(torch.ones(200, 1, dtype=torch.float64), torch.zeros(200, dtype=torch.int64), 1)
# kind: inputs
import torch


def embedding_backward(dout, indices, vocab_size):
    dW = torch.zeros(vocab_size, dout.shape[-1], dtype=dout.dtype)
    seen = torch.zeros(vocab_size, dtype=torch.int8)
    flat, rows = indices.reshape(-1), dout.reshape(-1, dout.shape[-1])
    for place, row in zip(flat.tolist(), rows, strict=True):
        seen[place] += 1
        if seen[place] > 0:
            dW[place] += row
    return dW
