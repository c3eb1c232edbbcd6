# "n = k too": shows on square inputs, which are normalised over the other axis.
# shown: differ(T(3, 3))
# kind: inputs
import torch


def softmax(X):
    sizes = list(X.shape)
    axis = sizes.index(sizes[-1])
    E = torch.exp(X - X.amax(dim=axis, keepdim=True))
    return E / E.sum(dim=axis, keepdim=True)
