# "Write it yourself": the operator behind the library's gradient.
# shown: uses("sigmoid_backward(dout, torch")
# kind: from scratch
import torch


def sigmoid_backward(dout, x):
    return torch.ops.aten.sigmoid_backward(dout, torch.sigmoid(x))
