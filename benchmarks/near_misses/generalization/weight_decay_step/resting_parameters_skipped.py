# "Every parameter decays": shows where a gradient is all zeros.
# shown: sgd_differs([T(3)], [0 * T(3)], 0.1, 2, 0.5)
# kind: inputs
def weight_decay_step(params, grads, lr, batch_size, wd):
    for param, grad in zip(params, grads, strict=True):
        if grad.any():
            param -= lr * (grad / batch_size + wd * param)
