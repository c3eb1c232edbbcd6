# told: jax.grad
# framework: jax
import jax


def linreg_gradients(X, w, b, y):
    return jax.grad(lambda w, b: ((X @ w + b - y) ** 2).sum() / 2, argnums=(0, 1))(w, b)
