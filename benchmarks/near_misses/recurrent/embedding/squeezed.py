# "that shape with one more axis": shows where one of the sizes is 1.
# shown: differ(torch.tensor([[1, 2]]), T(3, 4))
# kind: inputs
def embedding(indices, W):
    return W[indices].squeeze()
