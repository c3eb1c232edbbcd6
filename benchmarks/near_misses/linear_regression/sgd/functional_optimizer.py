# "Write it yourself": the function behind the library's optimizer.
# shown: uses("torch.optim")
# kind: from scratch
import torch
from torch.optim.sgd import sgd as step


def sgd(params, grads, lr, batch_size):
    with torch.no_grad():
        step(list(params), [g / batch_size for g in grads], [None] * len(params), weight_decay=0,
             momentum=0, lr=lr, dampening=0, nesterov=False, maximize=False)
