# %% [markdown]
# # Softmax regression

# %% [markdown]
# Softmax regression turns the outputs of a linear model, the *logits*, into probabilities, and
# is trained with the cross-entropy loss. You write its pieces by hand. A row is an example, a
# column is a class: logits and probabilities are $n \times k$ tensors, labels are $n$ integers in
# $\{0, \dots, k - 1\}$.
#
# Formulas that are right on paper can overflow in a computer. Here they must not.

# %%
# framework: tensorflow
import tensorflow as tf

# %% [markdown]
# ## softmax · Softmax (9 points)
#
# Return the softmax of every row of `X`, a tensor of shape `(n, k)`:
#
# $$\mathrm{softmax}(\mathbf{X})_{ij} = \frac{\exp(x_{ij})}{\sum_{l=1}^{k} \exp(x_{il})}.$$
#
# The result has the shape and dtype of `X`; each of its rows sums to one. Any $n \ge 1$ and
# $k \ge 1$ may come, $n = k$ too.
#
# The result must be right and finite for logits as large as $1000$ and as small as $-1000$,
# whether they stand in the same row or in different rows. What happens to the softmax of a row
# when you add the same number to all its logits?
#
# `X` must be unchanged on return.
#
# Write it yourself: `tensorflow.nn.softmax` and the like are not allowed.

# %%
def softmax(X):
    raise NotImplementedError("softmax")

# %% [markdown]
# ## log_softmax · Log-softmax (10 points)
#
# Return the natural logarithm of the softmax of every row of `X`, a tensor of shape `(n, k)`:
#
# $$\log \mathrm{softmax}(\mathbf{X})_{ij} = x_{ij} - \log \sum_{l=1}^{k} \exp(x_{il}).$$
#
# The result has the shape and dtype of `X`. Any $n \ge 1$ and $k \ge 1$ may come, $n = k$ too.
#
# The result must be right and finite for logits as large as $1000$ and as small as $-1000$,
# whether they stand in the same row or in different rows. A probability may be too small for a
# float; its logarithm is not.
#
# `X` must be unchanged on return.
#
# Write it yourself: `tensorflow.nn.softmax`, `tensorflow.nn.*cross_entropy*` and the like are not allowed.

# %%
def log_softmax(X):
    raise NotImplementedError("log_softmax")

# %% [markdown]
# ## cross_entropy · Cross-entropy loss (6 points)
#
# Return the cross-entropy loss of each example: the negative natural logarithm of the
# probability that the model gave to the true class,
#
# $$\ell_i = -\log \hat{y}_{i, y_i}.$$
#
# `y_hat` has shape `(n, k)` and holds probabilities: every entry is $10^{-8}$ or more, and every
# row sums to one. `y` has shape `(n,)` and holds the true classes as integers from `0` to
# `k - 1`. The result has shape `(n,)`, one loss per example and not their mean, and the dtype of
# `y_hat`.
#
# No probability is zero, so that no guard against $\log 0$ is needed. If you use one, it may
# move a loss by at most $10^{-6}$ where the probability of the true class is $0.01$ or more, and
# by at most 1 % where it is less. `y_hat` and `y` must be unchanged on return.
#
# Write it yourself: `tensorflow.nn.*cross_entropy*` and the like are not allowed.

# %%
def cross_entropy(y_hat, y):
    raise NotImplementedError("cross_entropy")

# %% [markdown]
# ## softmax_cross_entropy_gradient · Gradient of softmax with cross-entropy (8 points)
#
# Return the gradient, with respect to the logits, of the **mean** cross-entropy loss of their
# softmax,
#
# $$L = -\frac{1}{n} \sum_{i=1}^{n} \log \mathrm{softmax}(\mathbf{O})_{i, y_i}.$$
#
# `logits` is $\mathbf{O}$, of shape `(n, k)`; `y` has shape `(n,)` and holds the true classes as
# integers from `0` to `k - 1`. The result has the shape and dtype of `logits`. Work the
# derivative out by hand first; the result is short.
#
# The gradient must be right and finite for logits as large as $1000$ and as small as $-1000$,
# whether they stand in the same row or in different rows. `logits` and `y` must be unchanged on
# return.
#
# Write it yourself: `tensorflow.GradientTape` and the like are not allowed.

# %%
def softmax_cross_entropy_gradient(logits, y):
    raise NotImplementedError("softmax_cross_entropy_gradient")
