# framework: mxnet
from mxnet import autograd, np, npx

npx.set_np()


def lp_norm(x, p):
    return (np.abs(x) ** p).sum() ** (1 / p)


def frobenius_norm(A):
    return np.sqrt((A * A).sum())


def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros(x.size, dtype=x.dtype)
    for i in range(x.size):
        step = np.zeros(x.size, dtype=x.dtype)
        step[i] = h
        step = step.reshape(x.shape)
        gradient[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient.reshape(x.shape)


def quadratic_gradient(x):
    x = x.copy()
    x.attach_grad()
    with autograd.record():
        y = 2 * np.dot(x, x)
    y.backward()
    return x.grad


def sample_counts(probs, n):
    counts = np.zeros(len(probs))
    if n:
        ends = np.cumsum(probs.astype("float64"))
        draws = np.random.uniform(0, 1, n).astype("float64") * ends[-1]
        outcomes = (draws.reshape(-1, 1) >= ends.reshape(1, -1)).astype("float32").sum(axis=1)
        counts = (outcomes.reshape(-1, 1) == np.arange(len(probs))).astype("float32").sum(axis=0)
    return counts


def posterior(prior, likelihood):
    joint = prior * likelihood
    return joint / joint.sum()


def mean_and_variance(values, probs):
    mean = (values * probs).sum()
    return mean, ((values - mean) ** 2 * probs).sum()


def add_vectors(a, b):
    return a + b


def pairwise_sum(a, b):
    return np.expand_dims(a, 1) + np.expand_dims(b, 0)
