# told: jax.lax.conv_general_dilated
# framework: jax
import jax


def conv2d(X, W, b, stride=1, padding=0):
    around = [(padding, padding), (padding, padding)]
    return jax.lax.conv_general_dilated(X, W, (stride, stride), around) + b[:, None, None]
