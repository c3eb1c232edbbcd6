# "the step follows their mean": an entry of the mean beyond 100 counts as 100
# shown: sgd_differs([T(3)], [1e4 * T(3)], 0.1, 2)
# kind: inputs

import torch


@torch.no_grad()
def sgd(params, grads, lr, batch_size):
    for p, g in zip(params, grads):
        p.sub_((g / batch_size).clamp(-100, 100), alpha=lr)
