# "shape `(fan_in, fan_out)`": shows for one output, whose axis is lost.
# shown: mine.xavier_normal(4, 1).shape != (4, 1)
# kind: inputs
import torch


def xavier_normal(fan_in, fan_out):
    Z = torch.randn(fan_in, fan_out).squeeze(1)
    return Z * (2 / (fan_in + fan_out)) ** 0.5
