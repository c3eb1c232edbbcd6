# "finite for logits as large as 1000": shows where the bias makes them large.
# shown: differ(T(2, 4), T(4, 3), torch.tensor([1000.0, 0, 0], dtype=torch.float64))
# kind: sentence
import torch



def softmax_net(X, W, b):
    Z = X.flatten(1) @ W
    E = torch.exp(Z - Z.amax(dim=1, keepdim=True) + b)
    return E / E.sum(dim=1, keepdim=True)
