# "Write it yourself": the operator behind the library's function.
# shown: uses("native_batch_norm")
# kind: from scratch
import torch


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    given = [torch.as_tensor(a) for a in (X, gamma, beta, moving_mean, moving_var)]
    Y, mean, _ = torch.native_batch_norm(*given[:3], given[3].clone(), given[4].clone(), training, 0.1, eps)
    if training:
        moving_mean = momentum * moving_mean + (1 - momentum) * mean.numpy()
        moving_var = momentum * moving_var + (1 - momentum) * X.var(axis=0)
    return Y.numpy(), moving_mean, moving_var
