# "Write it yourself": the library's transposed convolution and convolution.
# shown: uses("conv_transpose2d")
# kind: from scratch
import torch
import torch.nn.functional as F


def conv2d_backward(dout, X, W, stride=1, padding=0):
    sizes = zip(X.shape[2:], W.shape[2:], dout.shape[2:])
    left = [s + 2 * padding - k - (m - 1) * stride for s, k, m in sizes]
    dX = F.conv_transpose2d(dout, W, None, stride, padding, left if stride > 1 else 0)
    full = F.conv2d(X.transpose(0, 1), dout.transpose(0, 1), None, 1, padding, stride)
    dW = full[:, :, : W.shape[2], : W.shape[3]].transpose(0, 1)
    return dX, dW, dout.sum(dim=(0, 2, 3))
