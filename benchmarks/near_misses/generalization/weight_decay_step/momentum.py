# "one step": shows in the second step, which remembers the first.
# shown: (mine.weight_decay_step([T(3)], [T(3)], 0.1, 2, 0.5), sgd_differs([T(3)], [T(3)], 0.1, 2, 0.5))[1]
# kind: sentence
last = {}


def weight_decay_step(params, grads, lr, batch_size, wd):
    for i, (param, grad) in enumerate(zip(params, grads, strict=True)):
        step = grad / batch_size + wd * param + 0.5 * last.get((i, param.shape), 0)
        last[i, param.shape] = step
        param -= lr * step
