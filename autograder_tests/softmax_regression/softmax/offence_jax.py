# told: jax.nn.softmax
# framework: jax
import jax


@jax.jit
def softmax(X):
    return jax.nn.softmax(X, axis=1)
