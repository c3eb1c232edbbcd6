# "Write it yourself": the operator that the library's gradient ends in.
# shown: uses("max_pool2d_with_indices_backward")
# kind: from scratch
import torch


def max_pool2d_backward(dout, X, size, stride):
    dout, X, two = torch.as_tensor(dout), torch.as_tensor(X), [size, size]
    places = torch.nn.functional.max_pool2d(X, size, stride, return_indices=True)[1]
    return torch.ops.aten.max_pool2d_with_indices_backward(
        dout, X, two, [stride, stride], [0, 0], [1, 1], False, places
    ).numpy()
