# "On the right, $\mathbf{p}$ is the value before the step": decayed is what the step has left.
# shown: sgd_differs([T(3)], [T(3) + 1], 0.1, 2, 0.5)
# kind: second order
def weight_decay_step(params, grads, lr, batch_size, wd):
    for param, grad in zip(params, grads, strict=True):
        param -= lr * grad / batch_size
        param -= lr * wd * param
