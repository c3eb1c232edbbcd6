# "The result has shape (n, k)": shows on one image.
# shown: differ(T(1, 1, 2, 2), T(4, 3), T(3))
# kind: inputs
import torch



def softmax_net(X, W, b):
    Z = X.flatten(1) @ W + b
    E = torch.exp(Z - Z.amax(dim=1, keepdim=True))
    return (E / E.sum(dim=1, keepdim=True)).squeeze(0)
