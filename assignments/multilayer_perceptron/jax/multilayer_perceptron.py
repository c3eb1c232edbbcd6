# %% [markdown]
# # Multilayer perceptrons

# %% [markdown]
# A multilayer perceptron is a chain of simple functions, and backpropagation walks the chain
# backwards. Here you write both directions by hand: first of single layers, then of a network.
#
# Examples are rows: `x` and `X` are `(n, d)`. An argument called `dout` is the gradient of some
# loss with respect to what a function returned; the backward function turns it into the gradients
# of the same loss with respect to what the function was given.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %%
# framework: jax
import jax
import jax.numpy as jnp
import numpy as np

# %% [markdown]
# ## relu · ReLU (4 points)
#
# Apply the rectified linear unit to every entry of `x`:
#
# $$\operatorname{ReLU}(x) = \max(x, 0).$$
#
# `x` may have any shape and holds floating-point numbers. Return an array of the same shape and
# dtype; `x` itself must be unchanged on return.
#
# Write it yourself: `jax.nn.relu` and the like are not allowed.

# %%
def relu(x):
    raise NotImplementedError("relu")

# %% [markdown]
# ## relu_backward · ReLU, backward (6 points)
#
# A network computed `relu(x)`, and `dout` is the gradient of its loss with respect to that result.
# Return the gradient of the loss with respect to `x`.
#
# `dout` and `x` have the same shape, which may be any, and the same dtype; the result has them
# too. At exactly 0 ReLU has no derivative: there you may use any slope from 0 to 1.
# `dout` and `x` must be unchanged on return.
#
# Write it yourself: `jax.grad` and the like are not allowed.

# %%
def relu_backward(dout, x):
    raise NotImplementedError("relu_backward")

# %% [markdown]
# ## sigmoid · Sigmoid (5 points)
#
# The sigmoid squeezes any number into the interval from $0$ to $1$. It was the usual activation of
# hidden units before ReLU, and it still turns a score into a probability. Apply it to every entry
# of `x`:
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}.$$
#
# `x` may have any shape and holds floating-point numbers. Return an array of the same shape and
# dtype. For `x = [0, 2]` it is about `[0.5, 0.881]`.
#
# The result must be right and finite for entries as large as $1000$ and as small as $-1000$, where
# $e^{-x}$ is more than a floating-point number can hold. `x` must be unchanged on return.
#
# Write it yourself: `jax.nn.sigmoid`, `jax.nn.log_sigmoid`, `jax.nn.silu` and the like are not allowed.

# %%
def sigmoid(x: jax.Array) -> jax.Array:
    """Return the sigmoid of every entry of ``x``."""
    raise NotImplementedError("sigmoid")

# %% [markdown]
# ## sigmoid_backward · Sigmoid, backward (5 points)
#
# A network computed $y = \sigma(x)$ by `sigmoid(x)`, and `dout` is the gradient of its loss $L$
# with respect to that result. Return the gradient of the loss with respect to `x`. By the chain
# rule, it is for each entry
#
# $$\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} \, \sigma'(x).$$
#
# The curve is steepest at $0$, with a slope of $\frac{1}{4}$, and flat far away: there gradients
# vanish. For `dout = [2, 2]` and `x = [0, 2]` the result is about `[0.5, 0.21]`.
#
# `dout` and `x` have the same shape, which may be any, and the same dtype; the result has them
# too. It must be right and finite for entries of `x` as large as $1000$ and as small as $-1000$.
# Your `sigmoid` may be called. `dout` and `x` must be unchanged on return.
#
# Write it yourself: `jax.grad` and the like are not allowed.

# %%
def sigmoid_backward(dout: jax.Array, x: jax.Array) -> jax.Array:
    """Return the gradient of the loss with respect to ``x``."""
    raise NotImplementedError("sigmoid_backward")

# %% [markdown]
# ## tanh_backward · Tanh, backward (5 points)
#
# The hyperbolic tangent is a sigmoid whose values run from $-1$ to $1$,
#
# $$\tanh(x) = \frac{1 - e^{-2x}}{1 + e^{-2x}},$$
#
# and your framework has it. A network computed `tanh(x)`, and `dout` is the gradient of its loss
# with respect to that result. Return the gradient of the loss with respect to `x`, the input of
# the function and not its result.
#
# The slope is $1$ at $0$ and falls to $0$ on both sides: for `dout = [2, 2]` and `x = [0, 1]` the
# result is about `[2, 0.84]`.
#
# `dout` and `x` have the same shape, which may be any, and the same dtype; the result has them
# too. It must be right and finite for entries of `x` as large as $1000$ and as small as $-1000$.
# `dout` and `x` must be unchanged on return.
#
# Write it yourself: `jax.grad` and the like are not allowed.

# %%
def tanh_backward(dout: jax.Array, x: jax.Array) -> jax.Array:
    """Return the gradient of the loss with respect to ``x``."""
    raise NotImplementedError("tanh_backward")

# %% [markdown]
# ## linear_forward · Fully connected layer (4 points)
#
# A fully connected layer maps every example linearly to `k` outputs and adds a bias to each:
#
# $$\mathbf{y} = \mathbf{x} \mathbf{W} + \mathbf{b}.$$
#
# `x` is `(n, d)`, `W` is `(d, k)` and `b` is `(k,)`. Return `(n, k)`, also if `n` or `k` is 1,
# in the dtype of the arguments. The arguments must be unchanged on return.
#
# Write it yourself: `flax.linen.Dense`, `jax.lax.conv_general_dilated` and the like are not allowed.

# %%
def linear_forward(x, W, b):
    raise NotImplementedError("linear_forward")

# %% [markdown]
# ## linear_backward · Fully connected layer, backward (8 points)
#
# A network computed `linear_forward(x, W, b)`, and `dout` `(n, k)` is the gradient of its loss with
# respect to that result. Return three gradients of the loss, in this order:
#
# - `dx` `(n, d)`, with respect to `x`;
# - `dW` `(d, k)`, with respect to `W`;
# - `db` `(k,)`, with respect to `b`.
#
# Each is checked on its own. `dout` already holds every constant of the loss: nothing is averaged
# here. The gradients have the dtype of the arguments, which must be unchanged on return.
#
# Write it yourself: `jax.grad` and the like are not allowed.

# %%
def linear_backward(dout, x, W):
    raise NotImplementedError("linear_backward")

# %% [markdown]
# ## mlp_forward · A multilayer perceptron, forward (6 points)
#
# A perceptron with one hidden layer: the hidden units are sigmoid, the output layer is linear.
#
# $$\mathbf{H} = \sigma(\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1), \qquad
# \mathbf{O} = \mathbf{H} \mathbf{W}_2 + \mathbf{b}_2, \qquad
# \sigma(z) = \frac{1}{1 + e^{-z}}.$$
#
# `X` is `(n, d)`, `W1` `(d, h)`, `b1` `(h,)`, `W2` `(h, k)` and `b2` `(k,)`. Return $\mathbf{O}$,
# `(n, k)`, also if `n` or `k` is 1, in the dtype of the arguments. Inputs are moderate: $e^{-z}$
# does not overflow. The arguments must be unchanged on return.
#
# Write it yourself: `flax.linen.Dense`, `jax.lax.conv_general_dilated` and the like are not allowed.

# %%
def mlp_forward(X, W1, b1, W2, b2):
    raise NotImplementedError("mlp_forward")

# %% [markdown]
# The loss of the next exercise, for you to compare your gradients with finite differences.

# %%
def mlp_loss(X, y, W1, b1, W2, b2):
    """Half the squared error, summed over outputs, averaged over examples."""
    return ((mlp_forward(X, W1, b1, W2, b2) - y) ** 2).sum() / (2 * len(X))

# %% [markdown]
# ## mlp_backward · A multilayer perceptron, backward (10 points)
#
# Backpropagation by hand through the network of `mlp_forward`. The loss is half the squared error,
# summed over the outputs and averaged over the `n` examples:
#
# $$L = \frac{1}{n} \sum_{i=1}^{n} \frac{1}{2} \sum_{j=1}^{k} (O_{ij} - y_{ij})^2.$$
#
# `X` is `(n, d)` and `y` is `(n, k)`; `k` may be 1. Return the gradients of $L$ with respect to
# `W1`, `b1`, `W2` and `b2`, in this order, each in the shape of its parameter and the dtype of the
# arguments. Each is checked on its own. The arguments must be unchanged on return: computing
# gradients is not yet a step of training.
#
# Write it yourself: `jax.grad` and the like are not allowed.

# %%
def mlp_backward(X, y, W1, b1, W2, b2):
    raise NotImplementedError("mlp_backward")

# %% [markdown]
# ## zero_grad · Clearing gradients (4 points)
#
# A framework keeps the gradient of a parameter in its attribute `grad`, and every backward pass
# *adds* to what stands there. Before the next one, the old gradients have to go.
#
# `params` is a list of parameters, each of any shape with one axis or more. The `grad` of a
# parameter is an array of its shape, or `None` if no backward pass has reached it yet. Clear the
# gradient of every parameter: on return, its `grad` is all zeros, or `None`. A parameter without a
# gradient stays without: its `grad` remains `None`. The values of the parameters must be unchanged;
# what the function returns does not matter.
#
# If `w` is `[1., 2.]` and its `grad` is `[4., 8.]`, then after `zero_grad([w])` the former is still
# `[1., 2.]`, and the latter is `[0., 0.]` or `None`.
#
# Arrays of JAX never change, and they have no gradients. The parameters here are objects with two
# attributes, `value` and `grad`, which may be given new arrays: `p.grad = …`.
#
# Write it yourself: `optax.*`, `torch.nn.Module.zero_grad` and the like are not allowed.

# %%
def zero_grad(params):
    """Clear the gradient of every parameter that has one."""
    raise NotImplementedError("zero_grad")

# %% [markdown]
# ## optimizer_step · A step of an optimizer (6 points)
#
# Take one step of gradient descent. `params` is a list of parameters as in `zero_grad`, each with a
# gradient $\mathbf{g}$ in its attribute `grad`, or with `None` there. A parameter $\mathbf{p}$ that
# has a gradient moves by
#
# $$\mathbf{p} \leftarrow \mathbf{p} - \eta \, \mathbf{g},$$
#
# where $\eta$ is `lr`, a positive number. A parameter without a gradient is left alone.
#
# The parameters are changed *in place*: `w` with the value `[1., 2.]` and the `grad` `[4., 8.]` is
# `[0., 0.]` after `optimizer_step([w], 0.25)`. Each step goes by the gradients of that step alone.
# Whether the gradients are kept or cleared is up to you, and what the function returns does not
# matter.
#
# The parameters are objects with the attributes `value` and `grad`; to change one, give it a new
# array: `p.value = …`.
#
# Write it yourself: `optax.*` and the like are not allowed.

# %%
def optimizer_step(params, lr):
    """Move every parameter that has a gradient downhill, in place."""
    raise NotImplementedError("optimizer_step")

# %% [markdown]
# ## train_mlp · Training a network (8 points)
#
# Now train a network: one hidden layer with `hidden` units and the activation $\tanh$, and a linear
# output,
#
# $$\hat{\mathbf{y}} = \tanh(\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1) \, \mathbf{W}_2 + b_2.$$
#
# `X` is `(n, d)` and `y` is `(n, 1)`. Draw the weights from a normal distribution with mean $0$ and
# standard deviation $0.5$; the biases begin at $0$. Then take `num_epochs` steps of gradient descent
# with the learning rate `lr`, each over **all** examples at once; the loss is half the squared error,
# averaged over the examples,
#
# $$L = \frac{1}{2n} \sum_{i=1}^{n} (\hat{y}_i - y_i)^2.$$
#
# Return a callable `net`: `net(X)` gives the predictions `(n, 1)` for examples of any number. With
# `num_epochs = 0` that is the network as it began, which knows nothing of `y`. On the data handed in
# no line does well; after training, the mean squared error on them must be at most half that of the
# best line. Where the steps are few, the network must only have gone as far as they lead.
#
# Your framework's gradients, layers and optimizers may be used. `X` and `y` must be unchanged on
# return.

# %%
def train_mlp(X, y, hidden, lr, num_epochs):
    """Return a network with one hidden layer, trained to predict ``y`` from ``X``."""
    raise NotImplementedError("train_mlp")
