# "`batch_size`": shows from 32 examples on, where the division stops.
# shown: sgd_differs([T(3)], [T(3)], 0.1, 40, 0.5)
# kind: inputs
def weight_decay_step(params, grads, lr, batch_size, wd):
    for param, grad in zip(params, grads, strict=True):
        param -= lr * (grad / min(batch_size, 32) + wd * param)
