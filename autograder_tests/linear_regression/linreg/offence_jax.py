# told: jax.lax.conv_general_dilated
# framework: jax
import jax


def linreg(X, w, b):
    pixels, kernels = X[:, :, None, None], w.T[:, :, None, None]
    return jax.lax.conv_general_dilated(pixels, kernels, (1, 1), "VALID")[:, :, 0, 0] + b
