# "$\mathbf{p} - \eta (": shows in float64, where the step is computed in float32.
# shown: sgd_differs([T(3)], [T(3) + 1], 0.1, 2, 0.5)
# kind: tolerance
def weight_decay_step(params, grads, lr, batch_size, wd):
    for param, grad in zip(params, grads, strict=True):
        param -= (lr * (grad / batch_size + wd * param)).float()
