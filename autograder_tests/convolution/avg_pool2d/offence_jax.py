# told: jax.lax.reduce_window
# framework: jax
import jax


def avg_pool2d(X, size, stride):
    window, strides = (1, 1, size, size), (1, 1, stride, stride)
    return jax.lax.reduce_window(X, 0.0, jax.lax.add, window, strides, "VALID") / size**2
