# %% [markdown]
# # Recurrent neural networks

# %% [markdown]
# A recurrent neural network reads a sequence one step at a time and carries a state from each
# step to the next. You write such steps by hand, and what belongs to them in a model of language:
# counts of words, vectors for words, and measures of how well a text is predicted.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %%
# framework: mxnet
import math
from collections import Counter

from mxnet import autograd, np, npx

npx.set_np()

# %% [markdown]
# ## ngram_counts · Counting n-grams (4 points)
#
# The simplest language models just count. An *n-gram* is a run of `n` tokens that follow each other
# directly. Count them: `tokens` is a list of strings, in the order of the text, and `n` is $1$ or
# more. Return a mapping (a `dict`, a `Counter`, ...) from each n-gram that occurs, as a tuple of
# `n` strings, to the number of places where it begins. Runs may overlap:
#
# $$\text{count}(w_1, \dots, w_n) = \bigl|\{\, t :
# (\text{tokens}_t, \dots, \text{tokens}_{t + n - 1}) = (w_1, \dots, w_n) \,\}\bigr|.$$
#
# Keys are tuples also for `n = 1`. What does not occur may be left out or have the count 0; if the
# text has fewer than `n` tokens, there is nothing to count. For `["a", "b", "a", "b"]` and `n = 2`
# the counts are 2 for `("a", "b")` and 1 for `("b", "a")`.
#
# Tokens are any strings, with spaces, empty, or of one letter in upper or lower case: they differ
# as strings do.
#
# Write it yourself: `nltk.ngrams`, `nltk.util.ngrams`, `nltk.bigrams` and the like are not allowed.

# %%
def ngram_counts(tokens, n):
    raise NotImplementedError("ngram_counts")

# %% [markdown]
# ## bigram_log_probability · A bigram model (6 points)
#
# How probable is a sentence? A bigram model looks back one token only: it multiplies the
# probability of the first token by that of each other one, given the token before. Return the
# natural logarithm of
#
# $$P(w_1, \dots, w_T) = P(w_1) \prod_{t=2}^{T} P(w_t \mid w_{t-1}),$$
#
# with probabilities that are counted in a `corpus`, without smoothing:
#
# $$P(w) = \frac{\text{count}(w)}{\text{number of tokens in the corpus}}, \qquad
# P(w' \mid w) = \frac{\text{count}(w, w')}{\text{count}(w)}.$$
#
# `tokens` ($T \ge 1$) and `corpus` are lists of strings in the order of the text, neither of them
# empty. $\text{count}(w)$ counts a token wherever it stands in the corpus, at its end, too;
# $\text{count}(w, w')$ counts where $w'$ follows $w$ directly. In the corpus `["a", "b", "a", "c"]`
# the sentence `["a", "b"]` has the probability $\frac{2}{4} \cdot \frac{1}{2}$, so that the result
# is $\log 0.25 \approx -1.386$.
#
# The result is one number. Whatever the corpus has never seen, a token or two of them in a row,
# makes the probability zero, and the result is $-\infty$ (`-math.inf`) and no exception. A sentence
# may be so long that its probability is too small for a float; its logarithm is not. Your
# `ngram_counts` may be called.
#
# Write it yourself: `nltk.lm.MLE`, `nltk.lm.*`, `nltk.*` and the like are not allowed.

# %%
def bigram_log_probability(tokens, corpus):
    raise NotImplementedError("bigram_log_probability")

# %% [markdown]
# ## rnn_step · One step of a recurrent network (5 points)
#
# A recurrent network reads one input per time step. What it has read so far, it carries along in a
# *hidden state*. Compute one step: from the input `x` of shape `(n, d)`, which holds the same time
# step of $n$ sequences, and their hidden states `h` of shape `(n, h)`, return the new ones,
#
# $$\mathbf{H}' = \tanh(\mathbf{X} \mathbf{W}_{xh} + \mathbf{H} \mathbf{W}_{hh} + \mathbf{b}_h).$$
#
# `W_xh` has shape `(d, h)`, `W_hh` has shape `(h, h)` and `b_h` has shape `(h,)`. All of them may
# be of any size, one example and one unit, too. With `x = [[1]]`, `h = [[0.5]]`, `W_xh = [[0.3]]`,
# `W_hh = [[0.4]]` and `b_h = [0.1]` the new state is $[[\tanh 0.6]] \approx [[0.537]]$.
#
# The result has shape `(n, h)` and the dtype of the arguments. You may use the library's $\tanh$;
# if you write your own, $e^{2a}$ and $e^{-2a}$ do not overflow for any sum $a$. The arguments must
# be unchanged on return.
#
# Write it yourself: `mxnet.gluon.rnn.RNNCell`, `mxnet.gluon.rnn.RNN`, `mxnet.npx.rnn` and the like are not allowed.

# %%
def rnn_step(x, h, W_xh, W_hh, b_h):
    raise NotImplementedError("rnn_step")

# %% [markdown]
# ## rnn_forward · A recurrent network on sequences (6 points)
#
# Now read whole sequences: the same layer, with the same weights, at every time step, each time
# from the state that the step before has left. `xs` has shape `(steps, n, d)`, time first: `xs[t]`
# is the input of time step $t$, and there is at least one. `h`, of shape `(n, h)`, is the state
# before the first step, $\mathbf{H}_0$. With the weights of `rnn_step`,
#
# $$\mathbf{H}_t = \tanh(\mathbf{X}_t \mathbf{W}_{xh} + \mathbf{H}_{t-1} \mathbf{W}_{hh}
# + \mathbf{b}_h), \qquad t = 1, \dots, \text{steps}.$$
#
# Return the pair `hs, h`: first the states after each step,
# $\mathbf{H}_1, \dots, \mathbf{H}_\text{steps}$, as one array of shape `(steps, n, h)`, then the
# last of them once more, of shape `(n, h)`. $\mathbf{H}_0$ is not among them. With `h = [[0]]`,
# `W_xh = [[1]]`, `W_hh = [[1]]`, `b_h = [0]` and an input of 1 and then 0, the two states are
# $\tanh 1 \approx 0.762$ and $\tanh 0.762 \approx 0.642$.
#
# Both results have the dtype of the arguments. Your `rnn_step` may be called. The arguments must be
# unchanged on return.
#
# Write it yourself: `mxnet.gluon.rnn.RNNCell`, `mxnet.gluon.rnn.RNN`, `mxnet.npx.rnn` and the like are not allowed.

# %%
def rnn_forward(xs, h, W_xh, W_hh, b_h):
    raise NotImplementedError("rnn_forward")

# %% [markdown]
# ## lstm_cell · An LSTM cell (10 points)
#
# Compute one time step of a long short-term memory (LSTM) network. From the input `x` of shape
# `(n, d)`, the hidden state `h` and the cell state `c`, both `(n, h)`, compute
#
# $$\begin{aligned}
# [\mathbf{A}_i, \mathbf{A}_f, \mathbf{A}_g, \mathbf{A}_o]
#     &= \mathbf{X} \mathbf{W}_x + \mathbf{H} \mathbf{W}_h + \mathbf{b}, \\
# \mathbf{I} = \sigma(\mathbf{A}_i), \quad \mathbf{F} &= \sigma(\mathbf{A}_f), \quad
#     \mathbf{G} = \tanh(\mathbf{A}_g), \quad \mathbf{O} = \sigma(\mathbf{A}_o), \\
# \mathbf{C}' &= \mathbf{F} \odot \mathbf{C} + \mathbf{I} \odot \mathbf{G}, \\
# \mathbf{H}' &= \mathbf{O} \odot \tanh(\mathbf{C}').
# \end{aligned}$$
#
# `W_x` is `(d, 4h)`, `W_h` is `(h, 4h)` and `b` is `(4h,)`. Their columns hold four blocks of
# `h` columns each, in the order input gate, forget gate, candidate, output gate (i, f, g, o, as
# in PyTorch and Keras). $\sigma$ is the logistic sigmoid. The output gate acts on the **new** cell
# state. Inputs are moderate: neither $e^{\mathbf{A}}$ nor $e^{-\mathbf{A}}$ overflows.
#
# Return the pair `h_new, c_new`: first the hidden state, then the cell state, both `(n, h)` and
# of the dtype of the inputs. All arguments must be unchanged on return.
#
# Write it yourself: `mxnet.gluon.rnn.LSTM` and the like are not allowed.

# %%
def lstm_cell(x, h, c, W_x, W_h, b):
    raise NotImplementedError("lstm_cell")

# %% [markdown]
# ## lstm_forward · An LSTM on sequences (6 points)
#
# An LSTM reads sequences, too, and carries two states from step to step. `xs` has shape
# `(steps, n, d)`, time first, with at least one time step; `h` and `c`, both `(n, h)`, are the
# hidden state and the cell state before the first step. `W_x` `(d, 4h)`, `W_h` `(h, 4h)` and `b`
# `(4h,)` are those of `lstm_cell`, the same in every step:
#
# $$\mathbf{H}_t, \mathbf{C}_t = \mathrm{LSTM}(\mathbf{X}_t, \mathbf{H}_{t-1}, \mathbf{C}_{t-1}),
# \qquad t = 1, \dots, \text{steps}.$$
#
# Return three results, `hs, h, c`: the **hidden** states after each step,
# $\mathbf{H}_1, \dots, \mathbf{H}_\text{steps}$, as one array of shape `(steps, n, h)`; the last
# hidden state $\mathbf{H}_\text{steps}$; the last cell state $\mathbf{C}_\text{steps}$, both
# `(n, h)`. With all weights and biases zero, every gate is one half and every candidate is 0: from
# a cell state of 4, two steps leave a cell state of 1 and a hidden state of
# $\tanh(1) / 2 \approx 0.381$.
#
# All results have the dtype of the arguments. Your `lstm_cell` may be called. Inputs are moderate,
# as there. The arguments must be unchanged on return.
#
# Write it yourself: `mxnet.gluon.rnn.LSTM` and the like are not allowed.

# %%
def lstm_forward(xs, h, c, W_x, W_h, b):
    raise NotImplementedError("lstm_forward")

# %% [markdown]
# ## gru_cell · A GRU cell (8 points)
#
# A gated recurrent unit (GRU) does with one state and two gates what an LSTM does with two states
# and three gates: the *reset gate* decides how much of the old state the candidate sees, the
# *update gate* how much of it stays. From the input `x` of shape `(n, d)` and the hidden state `h`
# of shape `(n, h)`, compute
#
# $$\begin{aligned}
# [\mathbf{X}_r, \mathbf{X}_z, \mathbf{X}_n] &= \mathbf{X} \mathbf{W}_x + \mathbf{b}_x, \qquad
# [\mathbf{H}_r, \mathbf{H}_z, \mathbf{H}_n] = \mathbf{H} \mathbf{W}_h + \mathbf{b}_h, \\
# \mathbf{R} &= \sigma(\mathbf{X}_r + \mathbf{H}_r), \qquad
# \mathbf{Z} = \sigma(\mathbf{X}_z + \mathbf{H}_z), \\
# \mathbf{N} &= \tanh(\mathbf{X}_n + \mathbf{R} \odot \mathbf{H}_n), \\
# \mathbf{H}' &= (1 - \mathbf{Z}) \odot \mathbf{N} + \mathbf{Z} \odot \mathbf{H}.
# \end{aligned}$$
#
# `W_x` is `(d, 3h)`, `W_h` is `(h, 3h)`, and `b_x` and `b_h` are `(3h,)`. Their columns hold three
# blocks of `h` columns each, in the order reset gate, update gate, candidate (r, z, n, as in
# PyTorch). $\sigma$ is the logistic sigmoid. The reset gate acts on the **product** with the
# weights, its bias included, and not on the state before it is multiplied. With all weights and
# biases zero, both gates are one half and the candidate is 0, so that a state of 0.8 becomes 0.4.
#
# Return $\mathbf{H}'$, of shape `(n, h)` and the dtype of the arguments. Inputs are moderate: the
# exponential of neither sum overflows, whatever its sign. The arguments must be unchanged on
# return.
#
# Write it yourself: `mxnet.gluon.rnn.GRUCell`, `mxnet.gluon.rnn.GRU`, `mxnet.npx.rnn` and the like are not allowed.

# %%
def gru_cell(x, h, W_x, W_h, b_x, b_h):
    raise NotImplementedError("gru_cell")

# %% [markdown]
# ## clip_gradients · Gradient clipping (6 points)
#
# Gradients that pass through many time steps can explode, and one step along them would ruin the
# model. *Gradient clipping* keeps their direction and limits their length. `grads` is a list of
# arrays of any shapes with one axis or more, the gradients of all parameters; together they are
# one long vector $\mathbf{g}$, whose norm is the *global norm*, the root of the sum of the squares
# of all entries of all arrays. With the limit $\theta$ = `theta`, a positive number,
#
# $$\mathbf{g} \leftarrow \min\left(1, \frac{\theta}{\|\mathbf{g}\|}\right) \mathbf{g}.$$
#
# So all arrays are scaled by the same factor. If the norm is $\theta$ or less, the gradients stay
# as they are, and where all of them are zero, they stay zero. For `grads = [[3, 0], [4]]` the norm
# is $5$: with `theta = 1` they become `[[0.6, 0], [0.8]]`, with `theta = 6` nothing changes.
# Squares do not overflow. A relative error of up to $10^{-5}$ is accepted, as from a small number
# added to the norm.
#
# The arrays in `grads` are changed *in place*. Return nothing.
#
# Write it yourself: `mxnet.gluon.utils.clip_global_norm`, `torch.nn.utils.clip_grad_norm_`, `tensorflow.clip_by_global_norm` and the like are not allowed.

# %%
def clip_gradients(grads, theta):
    raise NotImplementedError("clip_gradients")

# %% [markdown]
# ## perplexity · Perplexity (4 points)
#
# How well does a language model predict a text? `nll` has shape `(n,)` and holds one value per
# token, the negative natural logarithm of the probability that the model gave to the token that
# came. Return the model's *perplexity* on this text, the exponential of their mean:
#
# $$\exp\left(\frac{1}{n} \sum_{t=1}^{n} \mathrm{nll}_t\right).$$
#
# Think of it as the number of tokens that the model hesitates between: for one that gives each of
# ten characters the same probability, every value is $\log 10 \approx 2.303$ and the perplexity is
# $10$; for one that is always certain and right, it is $1$.
#
# The result is one number. A text may be long: the mean is moderate, but the product of all
# probabilities may be too small for a float. `nll` must be unchanged on return.
#
# Write it yourself: `mxnet.metric.Perplexity`, `mxnet.metric.*`, `torchmetrics.text.Perplexity` and the like are not allowed.

# %%
def perplexity(nll):
    raise NotImplementedError("perplexity")

# %% [markdown]
# ## embedding · Embedding layer (4 points)
#
# A network computes with vectors, but words come as numbers without size: word 7 is not more than
# word 3. An *embedding layer* gives each word a vector of its own, a row of the matrix `W`, and
# looks them up. `W` has shape `(vocab_size, d)`, and `indices` holds integers from `0` to
# `vocab_size - 1`; some may come more than once, others not at all. Return their vectors, one for
# each index:
#
# $$\mathbf{E}_{i, j, \dots} = \mathbf{W}_{\text{indices}_{i, j, \dots}}.$$
#
# `indices` may have any shape, no axis, too: a batch of $n$ sentences of $t$ words has shape
# `(n, t)`, and the result has that shape with one more axis, `(n, t, d)`. With
# `W = [[1, 2], [3, 4], [5, 6]]`, the indices `[2, 0]` become `[[5, 6], [1, 2]]`.
#
# The result has the dtype of `W`. `indices` and `W` must be unchanged on return.
#
# Write it yourself: `mxnet.npx.embedding`, `mxnet.nd.Embedding`, `mxnet.ndarray.Embedding` and the like are not allowed.

# %%
def embedding(indices, W):
    raise NotImplementedError("embedding")

# %% [markdown]
# ## embedding_backward · Embedding layer, backward (6 points)
#
# How does an embedding layer learn? A network computed `embedding(indices, W)`, and `dout` is the
# gradient of its loss with respect to that result: it has the shape of `indices`, which is any,
# with one more axis of length $d$. Return the gradient with respect to `W`, of shape
# `(vocab_size, d)`.
#
# A row of `W` got into the result wherever its index stood, and each of these places adds its part
# of the gradient to that row:
#
# $$\mathrm{d}\mathbf{W}_v = \sum_{i, j, \dots \,:\, \text{indices}_{i, j, \dots} = v}
# \mathrm{dout}_{i, j, \dots}.$$
#
# So the rows of an index that comes more than once **add up**, and where an index does not come,
# the gradient is zero. Nothing is averaged. With `vocab_size = 3`, `indices = [2, 0, 2]` and
# `dout = [[1], [2], [3]]` the gradient is `[[2], [0], [4]]`.
#
# `indices` holds integers from `0` to `vocab_size - 1`. The result has the dtype of `dout`. `dout`
# and `indices` must be unchanged on return.
#
# Write it yourself: `mxnet.autograd.record`, `torch.ops.aten.embedding*`, `torch.ops.aten.*embedding_bag*` and the like are not allowed.

# %%
def embedding_backward(dout, indices, vocab_size):
    raise NotImplementedError("embedding_backward")

# %% [markdown]
# ## skip_gram_loss · Skip-gram with negative sampling (7 points)
#
# The skip-gram model learns word vectors from a simple question: does this word stand near that
# one? A softmax over the whole vocabulary would be slow, so *negative sampling* asks it for the
# word that does, and for $k$ noise words that do not. `center`, of shape `(d,)`, is the vector
# $\mathbf{v}$ of the center word; `context`, of shape `(d,)`, the vector $\mathbf{u}$ of a word
# that stands near it; `negatives`, of shape `(k, d)`, the vectors
# $\mathbf{u}_1, \dots, \mathbf{u}_k$ of noise words, $k \ge 1$. Return the loss of this example,
#
# $$-\log \sigma(\mathbf{u}^\top \mathbf{v})
# - \sum_{i=1}^{k} \log \sigma(-\mathbf{u}_i^\top \mathbf{v}), \qquad
# \sigma(s) = \frac{1}{1 + e^{-s}},$$
#
# with natural logarithms. It is one number, the sum over all $1 + k$ words and not their mean. If
# all products are zero, each word costs $\log 2$: with two noise words the loss is
# $3 \log 2 \approx 2.079$.
#
# The loss must be right and finite for products as large as $1000$ and as small as $-1000$. The
# arguments must be unchanged on return.
#
# Write it yourself: `tensorflow.nn.nce_loss`, `tensorflow.nn.sampled_softmax_loss`, `torchtext.*` and the like are not allowed.

# %%
def skip_gram_loss(center, context, negatives):
    raise NotImplementedError("skip_gram_loss")
