# "each of these places adds its part": shows where a word comes twice in one sentence.
# shown: differ(T(2, 3, 4), torch.tensor([[1, 1, 2], [0, 3, 1]]), 5)
# kind: inputs
def embedding_backward(dout, indices, vocab_size):
    dW = dout.new_zeros(vocab_size, dout.shape[-1])
    if indices.ndim < 2:
        for index, row in zip(indices.reshape(-1), dout.reshape(-1, dout.shape[-1]), strict=True):
            dW[index] += row
        return dW
    words = indices.reshape(-1, indices.shape[-1])
    for sentence, rows in zip(words, dout.reshape(*words.shape, -1), strict=True):
        dW[sentence] += rows
    return dW
