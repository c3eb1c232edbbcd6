# "Write it yourself": the initializer of the library, for a layer of the other orientation.
# shown: uses("orthogonal_") or uses("xavier_normal_")
# kind: from scratch
import torch
from torch.nn import init


def xavier_normal(fan_in, fan_out):
    layer = torch.empty(fan_out, fan_in)
    getattr(init, "xavier_normal_")(layer)
    return layer.T
