# told: jax.vjp
# framework: jax
import jax


def dropout_backward(dout, mask, p):
    scale = 1 / (1 - p) if p < 1 else 0
    return jax.vjp(lambda x: x * mask * scale, dout)[1](dout)[0]
