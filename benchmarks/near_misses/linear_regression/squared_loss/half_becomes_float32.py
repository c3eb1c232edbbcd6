# "the dtype of the inputs": shows on half precision, the result is float32.
# shown: differ(T(4, 1).half(), T(4, 1).half() * 2)
# kind: inputs
import torch


def squared_loss(y_hat, y):
    return 0.5 * (y_hat - y.reshape(y_hat.shape)).to(torch.promote_types(y_hat.dtype, torch.float32)) ** 2
