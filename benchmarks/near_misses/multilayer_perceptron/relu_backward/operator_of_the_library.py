# "Write it yourself": the library's own operator for the backward pass.
# shown: uses("threshold_backward")
# kind: from scratch
import torch


def relu_backward(dout, x):
    return torch.ops.aten.threshold_backward(dout, x, 0)
