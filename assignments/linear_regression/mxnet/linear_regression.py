# %% [markdown]
# # Linear regression

# %% [markdown]
# In this assignment you build linear regression from scratch: the data, the model, the loss, its
# gradients, the optimizer, and in the end the training loop, together with the analytic solution
# that training should come close to.
#
# One example is one row: features have the shape `(n, d)` for $n$ examples with $d$ features each,
# labels and predictions have the shape `(n, 1)`, the weights `w` have `(d, 1)`, the bias `b` has
# `(1,)`. Do not seed any random number generator.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %%
# framework: mxnet
from mxnet import autograd, np, npx

npx.set_np()

# %% [markdown]
# ## synthetic_data · Generating a data set (6 points)
#
# Make up a data set for a linear model. `w`, of shape `(d, 1)`, holds the true weights; the number
# `b` is the true bias. The features of all `num_examples` examples are independent draws from the
# standard normal distribution, and the labels are
#
# $$\mathbf{y} = \mathbf{X} \mathbf{w} + b + \boldsymbol{\epsilon},$$
#
# where each example has a noise of its own, drawn independently from a normal distribution with
# mean 0 and standard deviation 0.01.
#
# Return `features`, of shape `(num_examples, d)`, and `labels`, of shape `(num_examples, 1)`, in
# this order, both with the dtype of `w`. Every call draws anew. `w` must be unchanged on return.
#
# Write it yourself: `sklearn.datasets.make_regression` and the like are not allowed.

# %%
def synthetic_data(w, b, num_examples):
    raise NotImplementedError("synthetic_data")

# %% [markdown]
# ## data_iter · Reading minibatches (8 points)
#
# Go through the data once, in minibatches of `batch_size` examples. `features` has the shape
# `(n, d)`, `labels` has `(n, 1)` or `(n,)`.
#
# Each item is a pair: the features of a batch, `(batch_size, d)`, and the labels of the same
# examples in the same order, `(batch_size, 1)` or `(batch_size,)`. Every example comes exactly
# once. What is left at the end forms a last, shorter batch; if `batch_size` is larger than $n$,
# there is only one batch, which holds all examples.
#
# The examples come in random order, in which every order is equally likely. Each call shuffles
# them anew: not only the order of the batches is random, but also which examples meet in a batch.
#
# Write a generator, or return any other iterable of pairs, such as a list. Batches keep the dtype
# of the data. `features` and `labels` must be unchanged, also after the last batch.
#
# Write it yourself: `mxnet.gluon.data.DataLoader` and the like are not allowed.

# %%
def data_iter(batch_size, features, labels):
    raise NotImplementedError("data_iter")

# %% [markdown]
# ## linreg · The model (4 points)
#
# The linear regression model: return the predictions
#
# $$\hat{\mathbf{y}} = \mathbf{X} \mathbf{w} + b$$
#
# for `X` of shape `(n, d)`, `w` of shape `(d, 1)` and `b` of shape `(1,)`. The result has the
# shape `(n, 1)` and the dtype of the inputs. All arguments must be unchanged on return.
#
# Write it yourself: `mxnet.gluon.nn.Dense`, `mxnet.npx.convolution` and the like are not allowed.

# %%
def linreg(X, w, b):
    raise NotImplementedError("linreg")

# %% [markdown]
# ## squared_loss · Squared loss (6 points)
#
# Return the squared loss of each prediction,
#
# $$l^{(i)} = \frac{1}{2} \left(\hat{y}^{(i)} - y^{(i)}\right)^2,$$
#
# one value per entry, neither summed nor averaged. The result has the shape of `y_hat`, whatever
# that is, and the dtype of the inputs.
#
# `y` has the shape of `y_hat`, too, with one exception: for predictions of shape `(n, 1)` the
# labels may be given as `(n,)`. Entry $i$ of `y` still belongs to row $i$ of `y_hat`.
# Both may be large and close to each other: the losses must be right where all numbers are near
# $1000$ and differ by about $1$, too. Both arguments must be unchanged on return.
#
# Write it yourself: `mxnet.gluon.loss.L2Loss` and the like are not allowed.

# %%
def squared_loss(y_hat, y):
    raise NotImplementedError("squared_loss")

# %% [markdown]
# ## linreg_gradients · Gradients by hand (8 points)
#
# Work out the gradients of the loss of a whole minibatch by hand. The loss is the **sum** of the
# squared losses of its examples,
#
# $$L = \sum_{i=1}^{n} \frac{1}{2} \left(\hat{y}^{(i)} - y^{(i)}\right)^2
# \quad\text{with}\quad \hat{\mathbf{y}} = \mathbf{X} \mathbf{w} + b,$$
#
# and not their mean. `X` has the shape `(n, d)`, `w` has `(d, 1)`, `b` has `(1,)` and `y` has
# `(n, 1)`.
#
# Return $\partial L / \partial \mathbf{w}$ of shape `(d, 1)` and $\partial L / \partial b$ of
# shape `(1,)`, in this order, both with the dtype of the inputs. All arguments must be unchanged
# on return.
#
# Write it yourself: `mxnet.autograd.record` and the like are not allowed.

# %%
def linreg_gradients(X, w, b, y):
    raise NotImplementedError("linreg_gradients")

# %% [markdown]
# ## sgd · Minibatch stochastic gradient descent (8 points)
#
# Take one step of minibatch stochastic gradient descent. `params` is a list of arrays of any
# shapes with one axis or more, `grads` the list of their gradients, `grads[i]` with the shape of
# `params[i]`. The gradients are those of a loss that was **summed** over the `batch_size` examples
# of a minibatch, while the step follows their mean:
#
# $$\mathbf{p} \leftarrow \mathbf{p} - \frac{\eta}{|\mathcal{B}|} \, \mathbf{g}$$
#
# with the learning rate $\eta$ = `lr` and $|\mathcal{B}|$ = `batch_size`. The gradients must be
# unchanged on return.
#
# Every array in `params` is changed *in place* (`p[:] = …`); what the function returns does not
# matter. The arrays in `params` may have a gradient attached: their `grad` stays as it is.
#
# Write it yourself: `mxnet.gluon.Trainer` and the like are not allowed.

# %%
def sgd(params, grads, lr, batch_size):
    raise NotImplementedError("sgd")

# %% [markdown]
# ## normal_equation · The analytic solution (6 points)
#
# Linear regression has an analytic solution. Return the weights and the intercept that minimise
# the squared loss on `X`, of shape `(n, d)`, and `y`, of shape `(n, 1)`. With a column of ones
# appended to `X`, which makes the intercept one more weight, that is
#
# $$\mathbf{w}^* = (\mathbf{X}^\top \mathbf{X})^{-1} \mathbf{X}^\top \mathbf{y}.$$
#
# The result has the shape `(d + 1, 1)`, the $d$ weights first and the intercept **last**, and the
# dtype of the inputs. The columns of `X` are neither centred nor uncorrelated, but linearly
# independent of each other and of the column of ones. Both arguments must be unchanged on return.
#
# Write it yourself: `sklearn.linear_model.LinearRegression`, `scipy.optimize.*`, `statsmodels.*` and the like are not allowed.

# %%
def normal_equation(X, y):
    raise NotImplementedError("normal_equation")

# %% [markdown]
# ## train_linreg · Training (8 points)
#
# Train linear regression with minibatch stochastic gradient descent: `num_epochs` times through
# the data, one step with learning rate `lr` for each minibatch of `batch_size` examples. Zeros and
# small random numbers are both fine as initial values. You may use your functions from above.
#
# A step follows the **mean** gradient of the squared loss over the examples that are really in the
# minibatch: if the last one of an epoch is short, or `batch_size` is larger than $n$, divide by
# the number of examples in it.
#
# `features` has the shape `(n, d)`, `labels` has `(n, 1)`. Return the weights, `(d, 1)`, and the
# bias, `(1,)`, in this order, both with the dtype of the features. They are compared with the
# least-squares solution for the same data: each entry must be within 0.02 of it. The arguments are
# chosen such that this is easily reached. If the steps are few, the result must be where they lead
# from initial values near zero. `features` and `labels` must be unchanged on return.
#
# Write it yourself: `mxnet.gluon.Trainer`, `mxnet.gluon.nn.Dense`, `mxnet.gluon.loss.L2Loss` and the like are not allowed.

# %%
def train_linreg(features, labels, lr, num_epochs, batch_size):
    raise NotImplementedError("train_linreg")
