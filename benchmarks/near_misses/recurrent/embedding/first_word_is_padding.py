# "their vectors, one for each index": shows for index 0, which passes for filling.
# shown: differ(torch.tensor([0, 2]), T(3, 4))
# kind: inputs
def embedding(indices, W):
    return W[indices] * (indices != 0)[..., None]
