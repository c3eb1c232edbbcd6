# "Write it yourself": the library's own operator for the backward pass.
# shown: uses("convolution_backward")
# kind: from scratch
import torch


def conv2d_backward(dout, X, W, stride=1, padding=0):
    return torch.ops.aten.convolution_backward(
        dout, X, W, [len(W)], [stride] * 2, [padding] * 2, [1, 1], False, [0, 0], 1, [True] * 3
    )
