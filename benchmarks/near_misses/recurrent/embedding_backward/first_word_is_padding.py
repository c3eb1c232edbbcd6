# "each of these places adds its part": shows for index 0, which passes for filling.
# shown: differ(T(3, 4), torch.tensor([0, 2, 1]), 5)
# kind: inputs
def embedding_backward(dout, indices, vocab_size):
    dW = dout.new_zeros(vocab_size, dout.shape[-1])
    dW = dW.index_add(0, indices.reshape(-1), dout.reshape(-1, dout.shape[-1]))
    dW[0] = 0
    return dW
