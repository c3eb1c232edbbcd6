# %% [markdown]
# # Convolutional neural networks

# %% [markdown]
# The layer at the heart of convolutional networks, forwards and backwards.
#
# Images are `(n, c_in, h, w)`: example, channel, row, column. Kernels are `(c_out, c_in, kh, kw)`,
# one for each output channel.

# %%
# framework: tensorflow
import tensorflow as tf

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
# Write it yourself: `tensorflow.nn.conv*` and the like are not allowed.

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
# Write it yourself: `tensorflow.GradientTape`, `tensorflow.nn.conv*` and the like are not allowed.

# %%
def conv2d_backward(dout, X, W, stride=1, padding=0):
    raise NotImplementedError("conv2d_backward")
