# %% [markdown]
# # Attention

# %% [markdown]
# Attention lets a model choose what to look at. *Queries* are compared with *keys*, the scores
# become weights that sum to one, and the *values* are averaged by these weights. From this idea
# whole transformers are built, and you write their parts by hand.
#
# Sequences come in batches: `(n, t, d)` are $n$ sequences of $t$ vectors with $d$ entries each.
# The library's softmax may be used; you have written one of your own before.
#
# All tensors handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %%
# framework: torch
import torch

# %% [markdown]
# ## masked_softmax · Masked softmax (6 points)
#
# Sequences of one batch have different lengths, and the short ones are filled up. Attention must
# not look at the filling. So return the softmax of each row of scores over its first $L$ entries
# only, and weights of zero behind them:
#
# $$w_j = \begin{cases} \dfrac{\exp(x_j)}{\sum_{l=1}^{L} \exp(x_l)} & \text{if } j \le L, \\
# 0 & \text{otherwise.} \end{cases}$$
#
# `X` has shape `(n, q, k)`: for each of $n$ sequences, $q$ queries with a row of $k$ scores each.
# `valid_lens` holds integers from `1` to `k`. If its shape is `(n,)`, it has one length for all
# rows of a sequence; if its shape is `(n, q)`, it has one for each row. For the row
# `[0, 0, 9]` and the length `2` the weights are `[0.5, 0.5, 0]`.
#
# Scores are between $-50$ and $50$. The result has the shape and dtype of `X`. `X` and `valid_lens`
# must be unchanged on return.
#
# Write it yourself: `torch.masked.softmax`, `torch.masked.log_softmax`, `torch.masked.softmin` and the like are not allowed.

# %%
def masked_softmax(X, valid_lens):
    raise NotImplementedError("masked_softmax")

# %% [markdown]
# ## dot_product_attention · Scaled dot-product attention (9 points)
#
# Compute scaled dot-product attention. The more a query resembles a key, the more of that key's
# value it gets:
#
# $$\mathrm{softmax}\left(\frac{\mathbf{Q} \mathbf{K}^\top}{\sqrt{d}}\right) \mathbf{V},$$
#
# for each of the $n$ sequences on its own; the softmax is taken over the keys. Dot products of $d$
# random terms grow like $\sqrt{d}$, and dividing by it keeps the softmax from becoming all too
# sure.
#
# `Q` has shape `(n, q, d)`, `K` has `(n, k, d)` and `V` has `(n, k, v)`: there are $q$ queries and
# $k$ keys of the same length $d$, and a value of length $v$ for each key. Any of these may be $1$,
# and any may be equal. The result has shape `(n, q, v)` and the dtype of the arguments.
#
# `mask` is `None`, or booleans of shape `(n, q, k)`: a query may attend to a key where the mask is
# `True`; where it is `False`, the weight is zero, however large the score. If a query may attend to
# no key at all, its row of the result may have any values, but they must be finite.
#
# With a single query `[2]`, keys `[1]` and `[0]` and values `[10]` and `[0]`, the weights are about
# $0.881$ and $0.119$, and the result is about `[8.81]`. The result must be right and finite for
# scores, after scaling, as large as $1000$ and as small as $-1000$. All arguments must be unchanged
# on return.
#
# Write it yourself: `torch.nn.functional.scaled_dot_product_attention`, `torch.nn.functional.multi_head_attention_forward`, `torch.nn.MultiheadAttention` and the like are not allowed.

# %%
def dot_product_attention(Q, K, V, mask=None):
    raise NotImplementedError("dot_product_attention")

# %% [markdown]
# ## multi_head_attention · Multi-head attention (9 points)
#
# One attention gives one average. To look at several things at once, *multi-head attention* runs
# $h$ of them side by side, each on a part of the features of its own. Here queries, keys and values
# all come from the same `X` (*self-attention*):
#
# $$\mathbf{Q} = \mathbf{X} \mathbf{W}_q, \quad \mathbf{K} = \mathbf{X} \mathbf{W}_k, \quad
# \mathbf{V} = \mathbf{X} \mathbf{W}_v.$$
#
# Head $i = 0, \dots, h - 1$ owns the columns $i \cdot d/h$ to $(i + 1) \cdot d/h - 1$ of
# $\mathbf{Q}$, $\mathbf{K}$ and $\mathbf{V}$. It computes scaled dot-product attention on them, in
# which each position may attend to all positions of its sequence, and scales by $\sqrt{d/h}$, the
# square root of the length of *its* keys. The results of the heads are put side by side again, in
# the same columns, and multiplied by the output weights:
#
# $$[\mathbf{H}_0, \dots, \mathbf{H}_{h-1}] \, \mathbf{W}_o.$$
#
# `X` has shape `(n, t, d)`, and each of the weights has shape `(d, d)`; there are no biases.
# `num_heads` is $h$, and it divides $d$; it may be $1$ or $d$. With $d = 4$ and two heads, the
# first one owns columns 0 and 1, the second one columns 2 and 3. The result has shape `(n, t, d)`
# and the dtype of the arguments.
#
# Your `dot_product_attention` may be called. All arguments must be unchanged on return.
#
# Write it yourself: `torch.nn.MultiheadAttention`, `torch.nn.functional.multi_head_attention_forward`, `torch.nn.functional.scaled_dot_product_attention` and the like are not allowed.

# %%
def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    raise NotImplementedError("multi_head_attention")

# %% [markdown]
# ## layer_norm · Layer normalization (6 points)
#
# Deep networks train better if the numbers between their layers keep a steady size. *Layer
# normalization* gives each vector a mean of 0 and a variance of 1, by itself and without a look at
# the rest of the batch, and then lets the network choose another scale and shift:
#
# $$y_j = \gamma_j \cdot \frac{x_j - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta_j, \qquad
# \mu = \frac{1}{d} \sum_{j=1}^{d} x_j, \qquad
# \sigma^2 = \frac{1}{d} \sum_{j=1}^{d} (x_j - \mu)^2.$$
#
# `X` has one axis or more; the vectors lie along the last one, which has size $d$. `gamma` and
# `beta` have shape `(d,)`. `eps` is $\epsilon$, a number that may be as large as $1$: it stands
# under the root, and it keeps a vector whose entries are all equal from being divided by zero. For
# `X = [1, 3]`, `gamma = [1, 1]`, `beta = [0, 5]` and a tiny `eps` the result is `[-1, 6]`.
#
# The result has the shape and dtype of `X`. All arguments must be unchanged on return.
#
# Write it yourself: `torch.nn.functional.layer_norm`, `torch.nn.LayerNorm`, `torch.layer_norm` and the like are not allowed.

# %%
def layer_norm(X, gamma, beta, eps=1e-5):
    raise NotImplementedError("layer_norm")
