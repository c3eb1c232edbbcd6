# told: jax.example_libraries.optimizers.sgd
# framework: jax
from jax.example_libraries import optimizers


def sgd(params, grads, lr, batch_size):
    start, update, current = optimizers.sgd(lr / batch_size)
    return current(update(0, grads, start(params)))
