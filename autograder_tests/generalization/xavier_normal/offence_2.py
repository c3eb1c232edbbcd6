# told: torch.nn.init.kaiming_normal_
# framework: torch
import torch
from torch import nn


def xavier_normal(fan_in, fan_out):
    W = nn.init.kaiming_normal_(torch.empty(fan_out, fan_in), nonlinearity="linear")
    return W.T * (2 * fan_in / (fan_in + fan_out)) ** 0.5
