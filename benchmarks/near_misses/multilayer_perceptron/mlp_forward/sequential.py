# "Write it yourself": the library's layers in a row, called by functional_call.
# shown: uses("Linear")
# kind: from scratch
import torch
from torch import nn
from torch.func import functional_call


def mlp_forward(X, W1, b1, W2, b2):
    net = nn.Sequential(nn.Linear(1, 1), nn.Sigmoid(), nn.Linear(1, 1))
    weights = {"0.weight": W1.T, "0.bias": b1, "2.weight": W2.T, "2.bias": b2}
    return functional_call(net, weights, (X,))
