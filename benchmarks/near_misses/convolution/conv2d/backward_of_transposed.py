# "Write it yourself": the library's gradient of a transposed convolution is a convolution.
# shown: uses("conv_transpose2d")
# kind: from scratch
import torch
import torch.nn.functional as F


def conv2d(X, W, b, stride=1, padding=0):
    h, w = ((s + 2 * padding - k) // stride + 1 for s, k in zip(X.shape[2:], W.shape[2:]))
    left = [s + 2 * padding - k - (m - 1) * stride for s, k, m in zip(X.shape[2:], W.shape[2:], (h, w))]
    zero = torch.zeros(len(X), len(W), h, w, dtype=X.dtype)
    _, back = torch.func.vjp(lambda Z: F.conv_transpose2d(Z, W, None, stride, padding, left), zero)
    return back(X)[0] + b[:, None, None]
