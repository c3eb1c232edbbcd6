# told: jax.scipy.signal.correlate2d
# framework: jax
from jax.scipy.signal import correlate2d


def corr2d(X, K):
    return correlate2d(X, K, mode="valid")
