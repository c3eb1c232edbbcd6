# "Write it yourself": the library drops from ones, which makes the mask.
# shown: uses("Dropout")
# kind: from scratch
import torch
from torch import nn


def dropout(X, p, training=True):
    layer = nn.Dropout(p).train(training)
    return X * layer.forward(torch.ones_like(X))
