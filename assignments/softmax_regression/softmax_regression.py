# %% [markdown]
# # Softmax regression

# %% [markdown]
# Softmax regression turns the outputs of a linear model, the *logits*, into probabilities, and
# is trained with the cross-entropy loss. You write its pieces by hand. A row is an example, a
# column is a class: logits and probabilities are $n \times k$ tensors, labels are $n$ integers in
# $\{0, \dots, k - 1\}$.
#
# Formulas that are right on paper can overflow in a computer. Here they must not.
#
# All tensors handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %%
# framework: torch
import torch

# %% [markdown]
# ## one_hot · One-hot encoding (4 points)
#
# A class is a name and no quantity: class 2 is not twice class 1. So labels are written as vectors
# with a one at the place of the class and zeros elsewhere. Return this *one-hot encoding* of
# `labels`, a tensor of shape `(n, num_classes)` with a row for each label:
#
# $$H_{ij} = \begin{cases} 1 & \text{if } j = \text{labels}_i, \\
# 0 & \text{otherwise.} \end{cases}$$
#
# `labels` has shape `(n,)` and holds integers from `0` to `num_classes - 1`. Some classes may not
# occur among them. With three classes, the labels `[2, 0]` become `[[0, 0, 1], [1, 0, 0]]`.
#
# The result may have any numeric dtype. `labels` must be unchanged on return.
#
# Write it yourself: `torch.nn.functional.one_hot`, `torch.ops.aten.one_hot`, `torch.distributions.OneHotCategorical` and the like are not allowed.

# %%
def one_hot(labels, num_classes):
    raise NotImplementedError("one_hot")

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
# Write it yourself: `torch.softmax`, `torch.autograd.grad` and the like are not allowed.

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
# Write it yourself: `torch.softmax`, `torch.nn.functional.cross_entropy` and the like are not allowed.

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
# Write it yourself: `torch.nn.functional.cross_entropy` and the like are not allowed.

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
# Write it yourself: `torch.autograd.grad` and the like are not allowed.

# %%
def softmax_cross_entropy_gradient(logits, y):
    raise NotImplementedError("softmax_cross_entropy_gradient")

# %% [markdown]
# ## entropy · Entropy (5 points)
#
# How surprising is an outcome of a random draw, on average? Return the *entropy* of a distribution
# over $k$ outcomes,
#
# $$H(p) = -\sum_{j=1}^{k} p_j \log p_j,$$
#
# with the natural logarithm. `p` has shape `(k,)`; its entries are probabilities that sum to one.
# An outcome that never happens surprises nobody: where $p_j = 0$, the term $p_j \log p_j$ is $0$.
#
# The result is one number. A fair coin has an entropy of $\log 2 \approx 0.693$, a coin that
# always shows heads has an entropy of $0$. If you guard against $\log 0$, the guard may move the
# result by at most $10^{-6}$. `p` must be unchanged on return.
#
# Write it yourself: `torch.special.entr`, `torch.distributions.Categorical`, `torch.ops.aten.special_entr` and the like are not allowed.

# %%
def entropy(p):
    raise NotImplementedError("entropy")

# %% [markdown]
# ## kl_divergence · Kullback-Leibler divergence (5 points)
#
# A model believes in the distribution `q`, but outcomes come from `p`. How much more surprised is
# it than somebody who knows `p`? Return the *Kullback-Leibler divergence*
#
# $$D_\mathrm{KL}(p \,\|\, q) = \sum_{j=1}^{k} p_j \log \frac{p_j}{q_j},$$
#
# with the natural logarithm. `p` and `q` have shape `(k,)`; the entries of each are probabilities
# that sum to one. All entries of `q` are $10^{-8}$ or more. Entries of `p` may be zero, and then
# their term is $0$.
#
# The result is one number, which is zero only if the two are the same, and changes if they are
# swapped. For `p = [1, 0]` and `q = [0.5, 0.5]` it is $\log 2 \approx 0.693$. If you guard against
# $\log 0$, the guard may move the result by at most $10^{-6}$ where all entries of `q` are $0.01$
# or more, and by at most 1 % elsewhere. `p` and `q` must be unchanged on return.
#
# Write it yourself: `torch.nn.functional.kl_div`, `torch.nn.KLDivLoss`, `torch.distributions.kl_divergence` and the like are not allowed.

# %%
def kl_divergence(p, q):
    raise NotImplementedError("kl_divergence")

# %% [markdown]
# ## accuracy · Accuracy (4 points)
#
# The loss is what a classifier is trained with; what people ask is how often it is right. A
# prediction is the class with the largest score. Return the *accuracy*, the fraction of examples
# whose prediction is the true class: one number from $0$ to $1$.
#
# `y_hat` has shape `(n, k)` and holds scores, a row for each example: probabilities or logits, of
# any sign and size. No row has two largest scores. `y` has shape `(n,)` and holds the true classes
# as integers from `0` to `k - 1`. For `y_hat = [[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]]` and `y = [0, 2]`
# the accuracy is $0.5$.
#
# `y_hat` and `y` must be unchanged on return.
#
# Write it yourself: `sklearn.metrics.accuracy_score`, `sklearn.metrics.*`, `torchmetrics.*` and the like are not allowed.

# %%
def accuracy(y_hat, y):
    raise NotImplementedError("accuracy")

# %% [markdown]
# ## softmax_net · The whole model (7 points)
#
# Now put the model together. A linear layer wants vectors, but examples come as images: flatten
# each of them, entry by entry in the order in which they are stored, apply the linear layer, and
# return the softmax of each row, the probabilities of the $k$ classes:
#
# $$\hat{\mathbf{Y}} = \mathrm{softmax}(\mathbf{X} \mathbf{W} + \mathbf{b}).$$
#
# `X` has shape `(n, c, h, w)`: $n \ge 1$ images with $c$ channels, $h$ rows and $w$ columns. It may
# also have shape `(n, d)`, examples that are flat already. `W` has shape `(d, k)`, where
# $d = c \cdot h \cdot w$, and `b` has shape `(k,)`. The result has shape `(n, k)` and the dtype of
# the arguments.
#
# It must be right and finite for logits as large as $1000$ and as small as $-1000$. Your `softmax`
# may be called. The arguments must be unchanged on return.
#
# Write it yourself: `torch.softmax`, `torch.nn.functional.linear`, `torch.nn.functional.conv2d` and the like are not allowed.

# %%
def softmax_net(X, W, b):
    raise NotImplementedError("softmax_net")
