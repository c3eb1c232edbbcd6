# %% [markdown]
# # Generalization

# %% [markdown]
# A model that knows its training data by heart is of no use: what counts is data that it has not
# seen. It *generalizes* if it does well there, too. In this assignment you write what helps it to:
# penalties and dropout, which keep it from believing every detail; ways to prepare data, and to
# judge a model by data that were held back; and weights that let it begin well.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %%
# framework: mxnet
from mxnet import autograd, np, npx

npx.set_np()

# %% [markdown]
# ## l2_penalty · The squared norm as a penalty (4 points)
#
# A model with large weights can bend to single examples. Weight decay makes large weights
# expensive: a multiple of a penalty is added to the loss. Return this penalty, half the squared
# $L_2$ norm of the weights,
#
# $$\frac{1}{2} \|\mathbf{w}\|_2^2 = \frac{1}{2} \sum_j w_j^2,$$
#
# where the sum goes over all entries. The half makes its gradient simple: it is $\mathbf{w}$.
#
# `w` is an array of any shape: weights of linear regression are `(d, 1)`, those of a layer a
# matrix. The result is one number: for `w = [3, -4]` it is $12.5$. `w` must be unchanged on return.
#
# Write it yourself: `mxnet.gluon.loss.L2Loss`, `d2l.torch.l2_penalty`, `keras.regularizers.*` and the like are not allowed.

# %%
def l2_penalty(w: np.ndarray) -> np.ndarray:
    """Return half the squared norm of ``w``, one number."""
    raise NotImplementedError("l2_penalty")

# %% [markdown]
# ## l1_penalty · The absolute values as a penalty (4 points)
#
# Squares hardly punish weights that are small already. The $L_1$ penalty does: every weight costs
# as much as it is large, so that unimportant ones become exactly zero, and what is left is a
# selection of features. Return the sum of the absolute values of all entries of `w`,
#
# $$\|\mathbf{w}\|_1 = \sum_j |w_j|.$$
#
# `w` is an array of any shape. The result is one number: for `w = [3, -4]` it is $7$. `w` must be
# unchanged on return.
#
# Write it yourself: `mxnet.np.linalg.norm`, `mxnet.nd.norm`, `mxnet.gluon.loss.L1Loss` and the like are not allowed.

# %%
def l1_penalty(w: np.ndarray) -> np.ndarray:
    """Return the sum of the absolute values of ``w``, one number."""
    raise NotImplementedError("l1_penalty")

# %% [markdown]
# ## weight_decay_step · A step with weight decay (7 points)
#
# Take one step of minibatch stochastic gradient descent with weight decay. `params` is a list of
# arrays of any shapes with one axis or more, `grads` the list of the gradients of the loss,
# `grads[i]` with the shape of `params[i]`. They are **summed** over the `batch_size` examples of a
# minibatch, while the step follows their mean. The penalty
# $\frac{\lambda}{2} \|\mathbf{p}\|^2$ is no part of that loss: its gradient, $\lambda \mathbf{p}$,
# is added here, and is not averaged:
#
# $$\mathbf{p} \leftarrow \mathbf{p} - \eta \left( \frac{1}{|\mathcal{B}|} \, \mathbf{g}
# + \lambda \, \mathbf{p} \right)$$
#
# with the learning rate $\eta$ = `lr`, $|\mathcal{B}|$ = `batch_size` and $\lambda$ = `wd`, which
# may be 0. On the right, $\mathbf{p}$ is the value before the step. Every parameter decays, biases
# too. For `p = 1`, `g = 4`, `lr = 0.1`, `batch_size = 2` and `wd = 0.5` the new value is $0.75$.
# The gradients must be unchanged on return.
#
# Every array in `params` is changed *in place* (`p[:] = …`); what the function returns does not
# matter.
#
# Write it yourself: `mxnet.gluon.Trainer` and the like are not allowed.

# %%
def weight_decay_step(
    params: list[np.ndarray], grads: list[np.ndarray], lr: float, batch_size: int, wd: float
):
    """Take one step, with decay, of every parameter in ``params``."""
    raise NotImplementedError("weight_decay_step")

# %% [markdown]
# ## dropout · Dropout (12 points)
#
# Apply dropout to `X`, an array of any shape with one axis or more. `p`, from $0$ to $1$, is the
# probability of **dropping** an entry. While training, each entry $x$ becomes
#
# $$x' = \begin{cases}
# 0 & \text{with probability } p, \\
# \dfrac{x}{1 - p} & \text{otherwise,}
# \end{cases}$$
#
# so that its expectation stays $x$. Whether an entry is dropped is decided for each entry on its
# own, whatever the shape of `X`, and anew in each call; do not seed the random number generator.
# With `p = 0` nothing is dropped; with `p = 1` all entries are zero.
#
# With `training=False` the values of `X` come back as they are, for every `p`.
#
# The result has the shape and dtype of `X`. `X` must be unchanged on return.
#
# Write it yourself: `mxnet.npx.dropout` and the like are not allowed.

# %%
def dropout(X, p, training=True):
    raise NotImplementedError("dropout")

# %% [markdown]
# ## dropout_backward · Dropout, backward (5 points)
#
# While training, a network computed
#
# $$\mathbf{Y} = \frac{\mathbf{M} \odot \mathbf{X}}{1 - p}$$
#
# by dropout: the mask $\mathbf{M}$ is $1$ where an entry of $\mathbf{X}$ was kept and $0$ where it
# was dropped, and it is not scaled. `dout` is the gradient of the loss with respect to
# $\mathbf{Y}$. Return the gradient with respect to $\mathbf{X}$: what was dropped had no say in
# the loss, and what was kept had more.
#
# `dout` and `mask` have the same shape, which may be any, and the same dtype; the result has them
# too. `p`, from $0$ to $1$, is the probability with which entries were dropped; the share of zeros
# in `mask` is near it, and need not be equal. With `p = 1` everything was dropped, and the result
# is all zeros.
#
# For `dout = [3, 3]`, `mask = [1, 0]` and `p = 0.25` the result is `[4, 0]`. `dout` and `mask`
# must be unchanged on return.
#
# Write it yourself: `mxnet.autograd.record`, `mxnet.npx.dropout` and the like are not allowed.

# %%
def dropout_backward(dout: np.ndarray, mask: np.ndarray, p: float) -> np.ndarray:
    """Return the gradient of the loss with respect to the input of dropout."""
    raise NotImplementedError("dropout_backward")

# %% [markdown]
# ## polynomial_features · Polynomial features (5 points)
#
# A model that is linear in its weights can fit a curve: give it powers of `x` as features. The
# more of them, the more it can fit, noise too. Return the features
#
# $$\phi_i(x) = \frac{x^i}{i!}, \qquad i = 0, 1, \ldots, \text{degree},$$
#
# where dividing by $i!$ keeps high powers from getting huge. `x` has shape `(n,)` and holds
# floating-point numbers of any sign, zeros too; `degree` is an integer from `0` to `20`. The result
# has shape `(n, degree + 1)`, a row for each entry of `x` and a column for each power in rising
# order, and the dtype of `x`. Its first column is all ones, also where $x = 0$.
#
# For `x = [2]` and `degree = 3` it is about `[[1, 2, 2, 1.333]]`. `x` must be unchanged on return.
#
# Write it yourself: `mxnet.np.vander`, `torch.vander`, `numpy.vander` and the like are not allowed.

# %%
def polynomial_features(x: np.ndarray, degree: int) -> np.ndarray:
    """Return a column for each power of ``x`` from 0 to ``degree``, divided by its factorial."""
    raise NotImplementedError("polynomial_features")

# %% [markdown]
# ## k_fold · K-fold cross-validation (5 points)
#
# Where data are few, each example can serve for training and for validation, one after the other:
# *k-fold cross-validation* splits them into `k` folds, and holds back another one each time. Return
# the data for round `i`, which holds back fold `i`: four arrays in this order,
#
# - `X_train` and `y_train`, all folds but fold `i`, in the order of the data,
# - `X_valid` and `y_valid`, fold `i`.
#
# `X` and `y` have $n$ rows each, `y[j]` being the label of `X[j]`, and any further axes: `y` may be
# `(n,)` or `(n, 1)`. Every fold has $m = \lfloor n / k \rfloor$ rows. Fold $i$ has the rows from
# $i \cdot m$ to $(i + 1) \cdot m - 1$, and rows beyond $k \cdot m$ are **dropped**: they are in
# neither part. `k` is at least 2 and at most $n$; `i` counts from `0`.
#
# With `X = [0, 1, 2, 3, 4]`, `k = 2` and `i = 0`, the training part is `[2, 3]` and the validation
# part `[0, 1]`. Values and dtypes are those of `X` and `y`, which must be unchanged on return.
#
# Write it yourself: `sklearn.model_selection.KFold`, `d2l.torch.get_k_fold_data`, `d2l.tensorflow.get_k_fold_data` and the like are not allowed.

# %%
def k_fold(k: int, i: int, X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return ``X_train, y_train, X_valid, y_valid`` of round ``i``."""
    raise NotImplementedError("k_fold")

# %% [markdown]
# ## standardize · Standardizing (5 points)
#
# The area of a house is a number in the hundreds, that of its rooms a small one. Features of such
# different sizes learn at different speeds, and a penalty treats them unequally. So bring every
# column to mean 0 and deviation 1. What is known when the model is built are the training data
# alone: the mean $\mu_j$ and the standard deviation $\sigma_j$ of column $j$ of `train` are used
# for `train` and for `test`,
#
# $$x_{ij} \leftarrow \frac{x_{ij} - \mu_j}{\sigma_j}, \qquad
# \sigma_j^2 = \frac{1}{n} \sum_{i=1}^{n} (x_{ij} - \mu_j)^2.$$
#
# A column that is constant in `train` tells nothing, but must not make you divide by zero: its
# deviation counts as $1$. The mean of such a column comes out exactly, so that rounding leaves it no
# deviation. No other column's deviation counts as $1$, however small it is.
#
# `train` has shape `(n, d)` and `test` has shape `(m, d)`. Return both, standardized, in this
# order, each in its shape and dtype. `train = [[1], [3]]` and `test = [[5]]` become `[[-1], [1]]`
# and `[[3]]`. Both must be unchanged on return.
#
# Write it yourself: `mxnet.npx.batch_norm`, `mxnet.npx.layer_norm`, `sklearn.preprocessing.StandardScaler` and the like are not allowed.

# %%
def standardize(train: np.ndarray, test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return both tables with the training set's mean removed, in units of its deviation."""
    raise NotImplementedError("standardize")

# %% [markdown]
# ## encode_categories · Indicators of categories (5 points)
#
# A model computes with numbers, and a column of a table may hold names. Every category becomes a
# column of its own: an *indicator*, which is $1$ in the rows that have this category and $0$
# elsewhere. That a value is missing may be telling, so it gets an indicator as well.
#
# `column` is a list of $n \ge 1$ values, each of them a string or `None`, which means that it is
# missing. `categories` is a list of $k \ge 1$ different strings; every value that is not missing is
# one of them, and not all of them need occur. Two strings are the same category only if they are
# equal: `"pool"` is not `"Pool"`, and an empty string is a category like others.
#
# Return an array of shape `(n, k + 1)` with a row for each value: the indicators of the categories
# in the **given** order, and last that of missing values. It may have any numeric dtype. With the
# categories `["gas", "coal"]`, the column `["coal", None]` becomes `[[0, 1, 0], [0, 0, 1]]`.
#
# Write it yourself: `pandas.get_dummies`, `sklearn.preprocessing.OneHotEncoder`, `keras.layers.StringLookup` and the like are not allowed.

# %%
def encode_categories(column: list[str | None], categories: list[str]) -> np.ndarray:
    """Return an indicator for each category and, last, one for missing values."""
    raise NotImplementedError("encode_categories")

# %% [markdown]
# ## log_rmse · Relative errors of prices (5 points)
#
# An error of a hundred thousand dollars is a disaster for a cottage and small change for a palace.
# What counts for prices is the error relative to the price, and the difference of logarithms
# measures it. Return the root of the mean square of these differences over all $n$ entries,
#
# $$\sqrt{\frac{1}{n} \sum_{i=1}^{n} \left( \log \max(\hat{y}_i, 1) - \log y_i \right)^2},$$
#
# with the natural logarithm. Predictions $\hat{y}_i$ may be any numbers: those below $1$, negative
# ones too, are clipped to $1$ before the logarithm is taken, and large ones are not clipped. Labels
# $y_i$ are positive and are taken as they are, also below $1$.
#
# `predictions` and `labels` have the same shape, such as `(n,)` or `(n, 1)`. The result is one
# number: for `predictions = [0, 2]` and `labels = [1, 4]` it is about $0.49$. Both arguments must
# be unchanged on return.
#
# Write it yourself: `sklearn.metrics.root_mean_squared_log_error`, `keras.losses.MeanSquaredLogarithmicError`, `tensorflow.keras.losses.MeanSquaredLogarithmicError` and the like are not allowed.

# %%
def log_rmse(predictions: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return the root mean square error of the logarithms, one number."""
    raise NotImplementedError("log_rmse")

# %% [markdown]
# ## xavier_normal · Xavier initialization (6 points)
#
# Weights that are too small let a signal fade from layer to layer, and weights that are too large
# let it explode; on the way back, gradients do the same. Xavier initialization is a compromise
# between both directions. Return the initial weights of a layer with `fan_in` inputs and `fan_out`
# outputs: an array of shape `(fan_in, fan_out)` whose entries are drawn independently from a normal
# distribution with mean $0$ and **variance**
#
# $$\sigma^2 = \frac{2}{n_\mathrm{in} + n_\mathrm{out}},$$
#
# where $n_\mathrm{in}$ = `fan_in` and $n_\mathrm{out}$ = `fan_out`. With 200 inputs and 120 outputs
# the standard deviation is about $0.079$. Every call draws anew; do not seed the random number
# generator. The result may have any floating-point dtype.
#
# Write it yourself: `mxnet.init.Xavier`, `mxnet.init.*`, `mxnet.initializer.*` and the like are not allowed.

# %%
def xavier_normal(fan_in: int, fan_out: int) -> np.ndarray:
    """Return initial weights of shape ``(fan_in, fan_out)``."""
    raise NotImplementedError("xavier_normal")

# %% [markdown]
# ## gradient_norms · Vanishing gradients (7 points)
#
# Networks with many sigmoid layers could hardly be trained: on its way back, the gradient is
# multiplied by the slope of the activation in every layer, and the slope of the sigmoid is at most
# $1/4$. Measure it. Build a network of `depth` layers, which may be any number from 1 to 20. Each
# has 64 inputs, 64 outputs and no bias:
#
# $$\mathbf{h}_0 = [1, \ldots, 1], \qquad
# \mathbf{h}_l = f(\mathbf{h}_{l-1} \mathbf{W}_l), \qquad l = 1, \ldots, \text{depth}.$$
#
# $f$ is the same in every layer, the last one too: the sigmoid if `activation` is `"sigmoid"`, ReLU
# if it is `"relu"`. The $64 \times 64$ entries of each weight are drawn independently, with mean
# $0$ and **variance** $2/64$, for example from a normal distribution. Each layer has weights of its
# own, and every call draws anew; do not seed the random number generator.
#
# The loss is the **sum** of the entries of the last $\mathbf{h}_l$. Return the Frobenius norm of its
# gradient with respect to each weight, a list of `depth` numbers, first layer first:
#
# $$\left\| \frac{\partial}{\partial \mathbf{W}_l} \sum_j h_{\text{depth},\,j} \right\|_F.$$
#
# With 10 layers the first norm is about 0.00005 of the last with the sigmoid, and about 2.6 times
# the last with ReLU. The norms are random: means and spreads of many calls are compared.

# %%
def gradient_norms(depth: int, activation: str) -> list[float]:
    """Return the norm of the gradient for the weight of each layer, first layer first."""
    raise NotImplementedError("gradient_norms")

# %% [markdown]
# ## covariate_shift_weights · Weights for a covariate shift (4 points)
#
# A model is trained on photographs and used on drawings: inputs come from another distribution, a
# *covariate shift*. If we cannot have labels for drawings, we can let those photographs count more
# that look like drawings. How much they look like it, a classifier tells that was trained to tell
# both apart, with as many examples of each: $p_i$ is the probability, in its view, that example $i$
# comes from the **source**, the distribution of the training data. The weight of the example is
# the ratio of both densities,
#
# $$\beta_i = \frac{1 - p_i}{p_i}.$$
#
# `p_source` has shape `(n,)` and holds these probabilities, which are more than $0$ and at most
# $1$. Return the weights, of shape `(n,)` and the dtype of `p_source`. They are neither normalised
# nor clipped: each depends on its own example alone, and may be very large. For
# `p_source = [0.5, 0.8]` they are `[1, 0.25]`. `p_source` must be unchanged on return.

# %%
def covariate_shift_weights(p_source: np.ndarray) -> np.ndarray:
    """Return the weight of each example."""
    raise NotImplementedError("covariate_shift_weights")
