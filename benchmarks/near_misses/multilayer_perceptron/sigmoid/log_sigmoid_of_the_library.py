# "Write it yourself": the exponential of the library's log-sigmoid.
# shown: uses("logsigmoid")
# kind: from scratch
import torch
from torch.nn import functional as F


def sigmoid(x):
    return torch.exp(F.logsigmoid(x))
