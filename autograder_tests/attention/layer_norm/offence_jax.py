# told: jax.nn.standardize
# framework: jax
import jax


def layer_norm(X, gamma, beta, eps=1e-5):
    return gamma * jax.nn.standardize(X, axis=-1, epsilon=eps) + beta
