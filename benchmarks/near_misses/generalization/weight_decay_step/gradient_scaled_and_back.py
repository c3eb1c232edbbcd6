# "The gradients must be unchanged on return": shows where scaling and back rounds.
# shown: (lambda g: (mine.weight_decay_step([T(9)], [g], 0.1, 7, 0.5), wrong(g, T(9)) or not torch.equal(g, T(9)))[1])(T(9))
# kind: second order
def weight_decay_step(params, grads, lr, batch_size, wd):
    for param, grad in zip(params, grads, strict=True):
        grad /= batch_size
        param -= lr * (grad + wd * param)
        grad *= batch_size
        grad *= 0.1
        grad /= 0.1
