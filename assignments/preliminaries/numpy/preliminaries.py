# %% [markdown]
# # Preliminaries

# %% [markdown]
# Everything in the book stands on a little mathematics: lengths of vectors, derivatives, and
# probabilities. In this assignment you write it down as code, in nine short functions, and learn to
# work on whole arrays at once, which makes everything that follows fast.
#
# Do not seed any random number generator.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %%
# framework: numpy
from collections.abc import Callable

import numpy as np

# %% [markdown]
# ## lp_norm · Norms of vectors (5 points)
#
# How large is a vector? There are many answers, one for each $p \ge 1$. Return the $L_p$ norm of
# `x`,
#
# $$\|\mathbf{x}\|_p = \left( \sum_i |x_i|^p \right)^{1/p},$$
#
# where the sum goes over all entries. `x` is an array of any shape, also of a single number; `p` is
# an integer or a float from $1$ to $10$. With $p = 1$ it is the sum of the absolute values, with
# $p = 2$ the length that a ruler would measure.
#
# The result is one number: for `x = [3, -4]` it is $7$ with `p = 1` and $5$ with `p = 2`. No
# $|x_i|^p$ is too large or too small for the dtype of `x`. `x` must be unchanged on return.
#
# Write it yourself: `numpy.linalg.norm`, `numpy.linalg.vector_norm`, `numpy.linalg.matrix_norm` and the like are not allowed.

# %%
def lp_norm(x: np.ndarray, p: float) -> np.ndarray:
    """Return the L_p norm of all entries of ``x``, one number."""
    raise NotImplementedError("lp_norm")

# %% [markdown]
# ## frobenius_norm · The Frobenius norm (4 points)
#
# A matrix has a length, too, as if its entries stood in one long vector. Return the Frobenius norm
# of `A`, which has shape `(m, n)`,
#
# $$\|\mathbf{A}\|_F = \sqrt{\sum_{i=1}^{m} \sum_{j=1}^{n} a_{ij}^2}.$$
#
# The result is one number: for `A = [[1, -2], [2, 4]]` it is $5$. No square is too large or too
# small for the dtype of `A`. `A` must be unchanged on return.
#
# Write it yourself: `numpy.linalg.norm`, `numpy.linalg.vector_norm`, `numpy.linalg.matrix_norm` and the like are not allowed.

# %%
def frobenius_norm(A: np.ndarray) -> np.ndarray:
    """Return the Frobenius norm of the matrix ``A``, one number."""
    raise NotImplementedError("frobenius_norm")

# %% [markdown]
# ## numerical_gradient · Numerical gradients (7 points)
#
# A derivative tells how a function changes when its argument moves a little. So move it and see:
# that needs no formula, and it is how derivatives that were worked out by hand are checked.
#
# `f` is a function that takes an array of the shape of `x` and returns one number, as a new array
# without axes. Return the central differences
#
# $$g_i = \frac{f(\mathbf{x} + h \, \mathbf{e}_i) - f(\mathbf{x} - h \, \mathbf{e}_i)}{2h}$$
#
# where $\mathbf{x} \pm h \, \mathbf{e}_i$ is `x` with `h` added to, or taken from, entry $i$ alone.
# `h` is a positive number and must be used exactly as it is given, even if another one would come
# closer to the derivative.
#
# `x` has one axis or more and holds float64 numbers; the result has its shape and dtype. For
# $f(\mathbf{x}) = x_1^3$, `x = [1]` and `h = 0.5` the result is `[3.25]`. `x` must be unchanged on
# return, to the last bit.
#
# Write it yourself: `scipy.optimize.approx_fprime`, `scipy.differentiate.*`, `torch.autograd.grad` and the like are not allowed.

# %%
def numerical_gradient(
    f: Callable[[np.ndarray], np.ndarray], x: np.ndarray, h: float = 1e-5
) -> np.ndarray:
    """Return the central difference of ``f`` at ``x`` for each entry of ``x``."""
    raise NotImplementedError("numerical_gradient")

# %% [markdown]
# ## quadratic_gradient · Automatic differentiation (5 points)
#
# Let the framework differentiate. Return the gradient of
#
# $$y = 2 \, \mathbf{x}^\top \mathbf{x}$$
#
# with respect to `x`, of shape `(d,)` and with floating-point entries. The result has the shape and
# dtype of `x`: for `x = [1, 2]` it is `[4, 8]`. Work it out by hand first, then you know what to
# expect.
#
# `x` must be unchanged on return, and however often the function is called with the same array,
# it returns the gradient at the values that stand there now: nothing adds up.
#
# NumPy cannot differentiate. Return the gradient that you have worked out by hand.

# %%
def quadratic_gradient(x: np.ndarray) -> np.ndarray:
    """Return the gradient of ``2 * x @ x`` with respect to ``x``."""
    raise NotImplementedError("quadratic_gradient")

# %% [markdown]
# ## sample_counts · Throwing dice (8 points)
#
# Throw a die `n` times and count how often each side comes up. `probs`, of shape `(k,)`, holds the
# probabilities of $k$ outcomes; they are not negative and sum to $1$ up to rounding. Draw `n` times
# from this distribution, each time independently of all others, and return how often each outcome
# came, an array of shape `(k,)`.
#
# The counts are whole numbers, in any numeric dtype, and sum to `n`, which may be $0$. An outcome
# of probability $0$ never comes. $k$ may be $1$. Every call draws anew. For
# `probs = [0.5, 0.5]` and `n = 10` the result may be `[4, 6]`. `probs` must be unchanged on return.
#
# Write it yourself: `numpy.random.multinomial`, `torch.distributions.Multinomial`, `jax.random.multinomial` and the like are not allowed.

# %%
def sample_counts(probs: np.ndarray, n: int) -> np.ndarray:
    """Return how often each outcome came in ``n`` independent draws."""
    raise NotImplementedError("sample_counts")

# %% [markdown]
# ## posterior · Bayes' rule (5 points)
#
# What do data tell about hypotheses? Before, hypothesis $H_i$ has the probability $P(H_i)$, its
# prior. The likelihood $P(D \mid H_i)$ is how probable the data $D$ would be if $H_i$ were true.
# Bayes' rule gives the probability after the data were seen, the posterior:
#
# $$P(H_i \mid D) = \frac{P(D \mid H_i) \, P(H_i)}{\sum_{j=1}^{k} P(D \mid H_j) \, P(H_j)}.$$
#
# `prior` and `likelihood` have shape `(k,)` and the same floating-point dtype; the result has both.
# The priors sum to $1$; some may be $0$, and then the posterior is exactly $0$: no data can save a
# hypothesis that was ruled out before. The likelihoods, from $0$ to $1$, need not sum to $1$, and
# all may be as small as $10^{-30}$. Some product of a prior and its likelihood is always above
# $10^{-35}$. The result sums to $1$.
#
# For `prior = [0.5, 0.5]` and `likelihood = [0.3, 0.1]` it is `[0.75, 0.25]`. Both arguments must
# be unchanged on return.

# %%
def posterior(prior: np.ndarray, likelihood: np.ndarray) -> np.ndarray:
    """Return the probability of each hypothesis after the data were seen."""
    raise NotImplementedError("posterior")

# %% [markdown]
# ## mean_and_variance · Expectation and variance (5 points)
#
# A random variable $X$ takes the value $x_i$ with probability $p_i$. Return its expectation and its
# variance, in this order:
#
# $$\mu = E[X] = \sum_{i=1}^{k} p_i \, x_i, \qquad
# \mathrm{Var}[X] = E\left[(X - \mu)^2\right] = \sum_{i=1}^{k} p_i \, (x_i - \mu)^2.$$
#
# `values` and `probs` have shape `(k,)` and the same floating-point dtype. The values may come in
# any order, may be negative and may repeat; the probabilities sum to $1$ up to rounding, and some
# may be $0$.
#
# Each result is one number: for `values = [0, 10]` and `probs = [0.8, 0.2]` they are $2$ and $16$.
# Both arguments must be unchanged on return.
#
# Write it yourself: `numpy.cov`, `scipy.stats.rv_discrete`, `tensorflow.nn.weighted_moments` and the like are not allowed.

# %%
def mean_and_variance(
    values: np.ndarray, probs: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the expectation and the variance of a discrete random variable."""
    raise NotImplementedError("mean_and_variance")

# %% [markdown]
# ## add_vectors · Vectorization (5 points)
#
# Return the sum of two vectors,
#
# $$c_i = a_i + b_i.$$
#
# `a` and `b` have shape `(n,)` and the same floating-point dtype; the result has both.
#
# Python is slow, the libraries are not. So **vectorize**: add the vectors as a whole, by operations
# of the library, without handling single entries in Python, be it in a loop, in a comprehension, by
# recursion, by `map` or by lists of numbers. This is judged by the steps that Python takes and the
# objects that it makes: from 100 to 16 000 entries, they may grow by far less than one for each
# entry more. A clock plays no part.
#
# For `a = [1, 2]` and `b = [10, 20]` the result is `[11, 22]`. Both arguments must be unchanged on
# return.

# %%
def add_vectors(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the sum of two vectors."""
    raise NotImplementedError("add_vectors")

# %% [markdown]
# ## pairwise_sum · Broadcasting (4 points)
#
# Add every entry of one vector to every entry of another. `a` has shape `(m,)`, `b` has shape
# `(n,)`; return the matrix of shape `(m, n)` with
#
# $$s_{ij} = a_i + b_j.$$
#
# Both hold integers, or both hold floating-point numbers, of the same dtype; the result has it.
# Broadcasting does this without a loop: think of `a` as a column and of `b` as a row.
#
# For `a = [1, 2]` and `b = [10, 20, 30]` the result is `[[11, 21, 31], [12, 22, 32]]`. Both
# arguments must be unchanged on return.
#
# Write it yourself: `numpy.add.outer`, `numpy.subtract.outer`, `jax.numpy.add.outer` and the like are not allowed.

# %%
def pairwise_sum(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the matrix of the sums of all pairs of entries."""
    raise NotImplementedError("pairwise_sum")
