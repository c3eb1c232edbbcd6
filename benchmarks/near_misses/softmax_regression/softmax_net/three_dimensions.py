# "It may also have shape (n, d)": shows on flat examples.
# shown: differ(T(2, 4), T(4, 3), T(3))
# kind: inputs
import torch



def softmax_net(X, W, b):
    n, c, h, w = X.shape
    Z = X.reshape(n, c * h * w) @ W + b
    E = torch.exp(Z - Z.amax(dim=1, keepdim=True))
    return E / E.sum(dim=1, keepdim=True)
