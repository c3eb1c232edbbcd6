# told: jax.vjp
# framework: jax
import jax


def linear_backward(dout, x, W):
    zero = 0 * dout[0]
    return jax.vjp(lambda x, W, b: x @ W + b, x, W, zero)[1](dout)
