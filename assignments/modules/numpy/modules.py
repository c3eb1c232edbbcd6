# %% [markdown]
# # Blocks of a network

# %% [markdown]
# A network is put together from *blocks*. A block is called like a function, `net(X)`; it owns its
# parameters, so that an optimizer finds them and a file can hold them; and it may behave otherwise
# while it is trained. A whole network is a block, too. Here you write four of those that every
# framework comes with.

# %% [markdown]
# There is no class for blocks here. A block is an object of a class of your own with a method
# `__call__`. Its parameters are the arrays of floats that are its attributes when it has been made,
# also within lists, tuples, dicts and other blocks among its attributes: keep nothing else of this
# kind there. Whoever trains or loads a block puts other values into these places. Whether it is
# being trained is its attribute `training`; whoever switches the mode sets it, in all blocks within
# as well.

# %%
# framework: numpy
import numpy as np

# %% [markdown]
# ## MLP · A multilayer perceptron as a block (8 points)
#
# Write a multilayer perceptron with one hidden layer as a block:
#
# $$\mathbf{H} = \phi(\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1), \qquad
# \mathbf{O} = \mathbf{H} \mathbf{W}_2 + \mathbf{b}_2.$$
#
# $\phi$ is a non-linear activation of your choice, such as ReLU, applied to each number by itself;
# nothing is applied to the output. `MLP(num_inputs, num_hiddens, num_outputs)` makes the block. With
# `net = MLP(4, 8, 3)`, `net(X)` turns `(n, 4)` into `(n, 3)`, also for $n = 1$, and the same `X`
# always gives the same result. `X` must be unchanged on return.
#
# The block has four parameters and no more: a weight for each layer, stored as (inputs, outputs) or
# the other way round, and a bias for each, with as many numbers as the layer has outputs; for
# `MLP(4, 8, 3)` they hold $32 + 8 + 24 + 3 = 67$ numbers. Each of them gets a gradient. The weights
# begin at random: no two hidden units are alike, nor are two blocks, which share no parameters.
# Layers of your framework may be used.

# %%
class MLP:
    """A multilayer perceptron with one hidden layer."""

    def __init__(self, num_inputs: int, num_hiddens: int, num_outputs: int):
        raise NotImplementedError("MLP")

    def __call__(self, X):
        """Return the outputs ``(n, num_outputs)`` for ``X`` ``(n, num_inputs)``."""
        raise NotImplementedError("MLP")

# %% [markdown]
# ## MySequential · Blocks one after another (8 points)
#
# Blocks are often called one after another. `MySequential(*blocks)` is the block that does this:
# `MySequential(a, b, c)(X)` is `c(b(a(X)))`. Any block may take part, also another `MySequential`;
# the same block may come twice and is called twice; and without any blocks, `MySequential()(X)` is
# `X`.
#
# The parameters of a `MySequential` are those of all its blocks; those of a block that comes twice
# count once. The blocks themselves take part, not copies: whatever changes their parameters changes
# the result, and each gets its gradient. Two chains know nothing of each other, even if they have
# blocks in common. When the mode of a chain is switched, that of its blocks is.
#
# Write it yourself: `torch.nn.Sequential`, `tensorflow.keras.Sequential`, `mxnet.gluon.nn.Sequential` and the like are not allowed.

# %%
class MySequential:
    """A chain of blocks, which is a block, too."""

    def __init__(self, *blocks):
        raise NotImplementedError("MySequential")

    def __call__(self, X):
        """Return what the last block makes of what the others made of ``X``."""
        raise NotImplementedError("MySequential")

# %% [markdown]
# ## Dropout · Dropout with a mode (8 points)
#
# Dropout has two faces. `Dropout(p)` makes a block that, **while it is being trained**, sets each
# entry of `X` to $0$ with probability $p$, on its own, and divides those that are left by $1 - p$,
# so that the mean stays what it was:
#
# $$x' = \begin{cases} 0 & \text{with probability } p \\
# \dfrac{x}{1 - p} & \text{otherwise.} \end{cases}$$
#
# Otherwise the result is `X`. With $p = \frac{1}{2}$ in training, `[3., 3., 3.]` may become
# `[6., 0., 6.]`; in evaluation it stays as it is.
#
# $p$ runs from $0$, where nothing is dropped, to $1$, where in training the result is all zeros.
# `X` may have any shape with one axis or more, and is unchanged on return. Each call draws anew. The
# mode can be switched back and forth at any time, also through a block that contains this one. The
# block has no parameters; what comes before it can be trained through it.
#
# Write it yourself: `torch.nn.functional.dropout` and the like are not allowed.

# %%
class Dropout:
    """Drops entries in training, and does nothing otherwise."""

    def __init__(self, p: float):
        self.training = True
        raise NotImplementedError("Dropout")

    def __call__(self, X):
        """Return ``X`` with dropout, or ``X`` in evaluation."""
        raise NotImplementedError("Dropout")

# %% [markdown]
# ## Linear · A layer that is trained and saved (8 points)
#
# The layer that most networks are made of, $\mathbf{Y} = \mathbf{X} \mathbf{W} + \mathbf{b}$, with
# parameters of its own. `Linear(in_features, out_features)` makes the block: with
# `layer = Linear(5, 2)`, `layer(X)` turns `(n, 5)` into `(n, 2)`, also for $n = 1$. `X` must be
# unchanged on return.
#
# The block has two parameters and no more, the weight, stored as (inputs, outputs) or the other way
# round, and the bias, with `out_features` numbers. Every entry of the weight begins at a random
# number of its own, so that no two blocks begin alike; the bias may begin at anything, also 0. Each
# object has parameters of its own.
#
# The block can be trained: every call goes by the values that its parameters have then, and both get
# their gradients. And it can be saved: what your framework saves of one block and loads into another
# one of the same sizes makes the other give the same results.
#
# Write it yourself: `torch.nn.functional.linear` and the like are not allowed.

# %%
class Linear:
    """A fully connected layer."""

    def __init__(self, in_features: int, out_features: int):
        raise NotImplementedError("Linear")

    def __call__(self, X):
        """Return the outputs ``(n, out_features)`` for ``X`` ``(n, in_features)``."""
        raise NotImplementedError("Linear")
