# "Write it yourself": the library's covariance, with weights.
# shown: uses("cov")
# kind: from scratch
import numpy as np


def mean_and_variance(values, probs):
    x, p = values.numpy().astype(float), probs.numpy().astype(float)
    return float(x @ p), float(np.cov(x, aweights=p, ddof=0))
