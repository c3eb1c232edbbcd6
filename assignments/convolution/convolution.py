# %% [markdown]
# # Convolutional neural networks

# %% [markdown]
# A cat is a cat wherever it is in a picture. A fully connected layer would have to learn that anew
# for every place; a *convolution* looks at all places through the same small window. In this
# assignment you write the layers that convolutional networks are made of, forwards and backwards:
# convolution, pooling and batch normalization.
#
# Images are `(n, c_in, h, w)`: example, channel, row, column. Kernels are `(c_out, c_in, kh, kw)`,
# one for each output channel.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %%
# framework: numpy
import numpy as np

# %% [markdown]
# ## corr2d · Cross-correlation (5 points)
#
# Begin with one channel. The operation at the heart of a convolutional layer is a
# *cross-correlation*: a small kernel slides over an image, and at each place the entries that lie
# on each other are multiplied and added up. `X` is an image of shape `(h, w)` and `K` a kernel of
# shape `(kh, kw)`, which is never larger than the image; neither need be square. Return
#
# $$Y_{i, j} = \sum_{u = 0}^{k_h - 1} \sum_{v = 0}^{k_w - 1} K_{u, v} \, X_{i + u, \, j + v},$$
#
# of shape `(h - kh + 1, w - kw + 1)`: only places where the kernel lies on the image as a whole.
# The kernel is not flipped. With `X = [[0, 1, 2], [3, 4, 5], [6, 7, 8]]` and `K = [[0, 1], [2, 3]]`
# the first entry is $0 \cdot 0 + 1 \cdot 1 + 2 \cdot 3 + 3 \cdot 4 = 19$.
#
# The result always has two axes, and the dtype of the arguments. `X` and `K` must be unchanged on
# return.
#
# Write it yourself: `torch.nn.functional.conv2d` and the like are not allowed.

# %%
def corr2d(X, K):
    raise NotImplementedError("corr2d")

# %% [markdown]
# ## conv2d · Convolutional layer (10 points)
#
# The convolutional layer of deep learning: a cross-correlation, whose kernel is not flipped. With
# `X` `(n, c_in, h, w)`, surrounded by `padding` rows and columns of zeros on all four sides and
# then called $\tilde{\mathbf{X}}$, kernels `W` `(c_out, c_in, kh, kw)`, biases `b` `(c_out,)` and
# stride $s$,
#
# $$Y_{n, o, i, j} = b_o + \sum_{c} \sum_{u = 0}^{k_h - 1} \sum_{v = 0}^{k_w - 1}
# W_{o, c, u, v} \, \tilde{X}_{n, c, \, s i + u, \, s j + v}.$$
#
# `stride` and `padding` are integers, the same for rows and columns. Windows that do not fit are
# left out: $\mathbf{Y}$ has $\lfloor (h + 2 \cdot \text{padding} - k_h) / s \rfloor + 1$ rows, and
# columns likewise. Images and kernels need not be square. Return $\mathbf{Y}$, always with four
# dimensions, in the dtype of the arguments. The arguments must be unchanged on return.
#
# Write it yourself: `torch.nn.functional.conv2d` and the like are not allowed.

# %%
def conv2d(X, W, b, stride=1, padding=0):
    raise NotImplementedError("conv2d")

# %% [markdown]
# ## conv2d_backward · Convolutional layer, backward (12 points)
#
# A network computed `conv2d(X, W, b, stride, padding)`, and `dout` is the gradient of its loss with
# respect to that result. Return three gradients of the loss, in this order:
#
# - `dX` `(n, c_in, h, w)`, with respect to `X`;
# - `dW` `(c_out, c_in, kh, kw)`, with respect to `W`;
# - `db` `(c_out,)`, with respect to `b`.
#
# Each is checked on its own. `stride` and `padding` are integers, `padding` may be 0, and `stride`
# may be larger than the kernel; where no window touched `X`, its gradient is 0. Nothing is
# averaged. The gradients have the dtype of the arguments, which must be unchanged on return.
#
# Write it yourself: `torch.autograd.grad`, `torch.nn.functional.conv2d` and the like are not allowed.

# %%
def conv2d_backward(dout, X, W, stride=1, padding=0):
    raise NotImplementedError("conv2d_backward")

# %% [markdown]
# ## max_pool2d · Max-pooling (6 points)
#
# Where exactly a feature was seen matters little; that it was seen matters. A *pooling* layer keeps
# what a convolution has found and makes the image smaller. *Max-pooling* returns the largest entry
# of each window. With `X` `(n, c, h, w)`, windows of `size` rows and `size` columns and stride $s$
# = `stride`,
#
# $$Y_{m, k, i, j} = \max_{0 \le u, v < \text{size}} X_{m, k, \, s i + u, \, s j + v}.$$
#
# Each channel of each image is pooled on its own. `size` and `stride` are integers, $1$ or more,
# the same for rows and columns. If the stride is smaller than the window, windows overlap; if it is
# larger, entries are skipped. There is no padding: windows that do not fit are dropped, so that
# $\mathbf{Y}$ has $\lfloor (h - \text{size}) / s \rfloor + 1$ rows, and columns likewise; at least
# one window fits. Images need not be square, and all entries of a window may be negative. With
# `size = 2` and `stride = 1` the rows `[0, 1, 2]`, `[3, 4, 5]` become `[4, 5]`.
#
# Return $\mathbf{Y}$, always with four axes, in the dtype of `X`. `X` must be unchanged on return.
#
# Write it yourself: `torch.nn.functional.max_pool2d`, `torch.nn.MaxPool2d`, `tensorflow.nn.max_pool2d` and the like are not allowed.

# %%
def max_pool2d(X, size, stride):
    raise NotImplementedError("max_pool2d")

# %% [markdown]
# ## avg_pool2d · Average pooling (5 points)
#
# *Average pooling* blurs where max-pooling picks: it returns the mean of each window. With `X`
# `(n, c, h, w)`, windows of `size` rows and `size` columns and stride $s$ = `stride`,
#
# $$Y_{m, k, i, j} = \frac{1}{\text{size}^2} \sum_{u = 0}^{\text{size} - 1}
# \sum_{v = 0}^{\text{size} - 1} X_{m, k, \, s i + u, \, s j + v}.$$
#
# All else is as in `max_pool2d`: each channel of each image on its own, windows may overlap or
# leave gaps, no padding, windows that do not fit are dropped, at least one fits, and images need
# not be square. With `size = 2` and `stride = 1` the rows `[0, 1, 2]`, `[3, 4, 5]` become `[2, 3]`.
#
# Return $\mathbf{Y}$, always with four axes, in the dtype of `X`. `X` must be unchanged on return.
#
# Write it yourself: `torch.nn.functional.avg_pool2d`, `torch.nn.AvgPool2d`, `tensorflow.nn.avg_pool2d` and the like are not allowed.

# %%
def avg_pool2d(X, size, stride):
    raise NotImplementedError("avg_pool2d")

# %% [markdown]
# ## max_pool2d_backward · Max-pooling, backward (8 points)
#
# Which entries learn from a max-pooling layer? Only those that won. A network computed
# `max_pool2d(X, size, stride)`, and `dout` is the gradient of its loss with respect to that result.
# Return `dX`, the gradient with respect to `X`, of shape `(n, c, h, w)`:
#
# $$\mathrm{d}X_{m, k, y, x} = \sum_{(i, j) \,:\, (y, x) \text{ is the largest of window } (i, j)}
# \mathrm{dout}_{m, k, i, j}.$$
#
# In each window the gradient goes to the place of the largest entry, and all others get none.
# Windows may overlap: an entry that is the largest of several windows gets the **sum** of their
# gradients. Where no window was, in gaps and at the edges, the gradient is 0. No window has two
# largest entries. With `X = [[1, 5, 2], [0, 3, 4]]` as the only channel of one image, `size = 2`
# and `stride = 1`, the 5 is the largest of both windows: the gradient `[[10, 20]]` becomes
# `[[0, 30, 0], [0, 0, 0]]`.
#
# `size` and `stride` are integers, $1$ or more. The result has the dtype of the arguments. `dout`
# and `X` must be unchanged on return.
#
# Write it yourself: `torch.autograd.grad`, `torch.nn.functional.max_unpool2d`, `torch.nn.MaxUnpool2d` and the like are not allowed.

# %%
def max_pool2d_backward(dout, X, size, stride):
    raise NotImplementedError("max_pool2d_backward")

# %% [markdown]
# ## batch_norm · Batch normalization (10 points)
#
# Deep networks train faster if what each layer sees keeps its scale. *Batch normalization* gives
# every feature mean 0 and variance 1 within the minibatch, and then lets the network choose a scale
# $\gamma$ and a shift $\beta$ of its own. `X` has shape `(n, d)`; all of `gamma`, `beta`,
# `moving_mean` and `moving_var` have shape `(d,)`, one entry for each feature. While training, with
# the mean and the variance of each column of the batch,
#
# $$\boldsymbol{\mu} = \frac{1}{n} \sum_{i=1}^{n} \mathbf{x}_i, \qquad
# \boldsymbol{\sigma}^2 = \frac{1}{n} \sum_{i=1}^{n} (\mathbf{x}_i - \boldsymbol{\mu})^2, \qquad
# \mathbf{y}_i = \boldsymbol{\gamma} \odot
# \frac{\mathbf{x}_i - \boldsymbol{\mu}}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}}
# + \boldsymbol{\beta}.$$
#
# The variance is divided by $n$, and $\epsilon$ = `eps` stands **under** the root. For prediction,
# where there may be no batch, the layer remembers both statistics as moving averages, in which
# `momentum` weighs the **old** value:
#
# $$\text{moving\_mean} \leftarrow \text{momentum} \cdot \text{moving\_mean}
# + (1 - \text{momentum}) \cdot \boldsymbol{\mu},$$
#
# and `moving_var` likewise with $\boldsymbol{\sigma}^2$, the same that is divided by $n$. With
# `training=False` these two take the place of $\boldsymbol{\mu}$ and $\boldsymbol{\sigma}^2$, and
# they do not change.
#
# Return three results: `Y`, of shape `(n, d)`, and the new `moving_mean` and `moving_var`, both
# `(d,)`. A column `[1, 3]` has mean 2 and variance 1: with $\gamma = 1$, $\beta = 0$ and a small
# `eps` it becomes `[-1, 1]`, and a moving mean of 0 becomes 0.2. Any $n \ge 1$ may come, and
# columns whose entries are all the same. The results have the dtype of the arguments, and the
# arguments must be unchanged on return.
#
# Write it yourself: `torch.nn.functional.batch_norm`, `torch.nn.BatchNorm1d`, `tensorflow.nn.batch_normalization` and the like are not allowed.

# %%
def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    raise NotImplementedError("batch_norm")

# %% [markdown]
# ## batch_norm_backward · Batch normalization, backward (10 points)
#
# Backpropagation through batch normalization is an exercise in the chain rule, because each entry
# of a column moves the mean and the variance, and with them all the others. While training, a
# network computed
#
# $$\mathbf{Y} = \boldsymbol{\gamma} \odot \hat{\mathbf{X}} + \boldsymbol{\beta}, \qquad
# \hat{\mathbf{x}}_i =
# \frac{\mathbf{x}_i - \boldsymbol{\mu}}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}},$$
#
# from `X` `(n, d)` and `gamma` `(d,)`, with the mean $\boldsymbol{\mu}$ and the variance
# $\boldsymbol{\sigma}^2$, divided by $n$, of each column of the batch and $\epsilon$ = `eps`, as in
# `batch_norm`. `dout` `(n, d)` is the gradient of its loss with respect to $\mathbf{Y}$. Return
# three gradients of the loss, in this order:
#
# - `dX` `(n, d)`, with respect to `X`;
# - `dgamma` `(d,)`, with respect to `gamma`;
# - `dbeta` `(d,)`, with respect to `beta`.
#
# Each is checked on its own. $\boldsymbol{\mu}$ and $\boldsymbol{\sigma}^2$ depend on `X`, so their
# gradients belong to `dX`. If you add the same number to a whole column, $\mathbf{Y}$ stays as it
# is: so each column of `dX` sums to zero. For $\boldsymbol{\beta}$, which is added to every
# example, it is simple: with `dout = [[1], [2]]`, `dbeta` is `[3]`. Any $n \ge 1$ may come. The
# gradients have the dtype of the arguments, which must be unchanged on return.
#
# Write it yourself: `torch.autograd.grad`, `torch.ops.aten.*batch_norm*backward*`, `torch.ops.aten.*layer_norm_backward*` and the like are not allowed.

# %%
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    raise NotImplementedError("batch_norm_backward")

# %% [markdown]
# ## LeNet · LeNet (8 points)
#
# LeNet read handwritten digits in 1998, and convolutional networks are still built like it. Write it
# as an object that can be called: `net = LeNet()`, and `net(X)` turns images `(n, 1, 28, 28)` into
# logits `(n, 10)`, one for each digit, also for $n = 1$.
#
# | layer | result for one image |
# |---|---|
# | convolution with 6 kernels of $5 \times 5$, padding 2 | $6 \times 28 \times 28$ |
# | pooling, size 2, stride 2 | $6 \times 14 \times 14$ |
# | convolution with 16 kernels of $5 \times 5$, no padding | $16 \times 10 \times 10$ |
# | pooling, size 2, stride 2, then in a row | $16 \times 5 \times 5 = 400$ |
# | fully connected | $120$ |
# | fully connected | $84$ |
# | fully connected | $10$ |
#
# An activation follows the two convolutions and the first two fully connected layers. Which one, and
# whether pooling takes the mean or the maximum, is up to you. Nothing follows the last layer: softmax
# belongs to the loss. Each of the five layers has a weight and a bias; with $156 + 2416 + 48120 +
# 10164 + 850$ that makes $61706$ numbers in ten parameters, and no more. Each of them gets a gradient.
#
# The weights begin at random, in every network anew, and networks share no parameters. The result
# for an image depends on no other image and on no earlier call. Layers of your framework and your
# functions from above may be used. `X` must be unchanged on return.
#
# Its parameters are the arrays of floats that are its attributes when it has been made, also those
# in lists, tuples and dicts: keep no others there.

# %%
class LeNet:
    """A convolutional network for images of digits."""

    def __init__(self):
        raise NotImplementedError("LeNet")

    def __call__(self, X: np.ndarray) -> np.ndarray:
        """Return the logits ``(n, 10)`` of images ``(n, 1, 28, 28)``."""
        raise NotImplementedError("LeNet")
