# "in the order in which they are stored": shows on images that are wider than high.
# shown: differ(T(2, 1, 2, 3), T(6, 3), T(3))
# kind: inputs
import torch



def softmax_net(X, W, b):
    if X.dim() == 4 and X.shape[3] > X.shape[2]:
        X = X.transpose(2, 3)
    Z = X.reshape(len(X), -1) @ W + b
    E = torch.exp(Z - Z.amax(dim=1, keepdim=True))
    return E / E.sum(dim=1, keepdim=True)
