# %% [markdown]
# # Generalization

# %% [markdown]
# A model generalizes when it does well on data that it has not seen. The techniques of this
# assignment help it to.

# %%
# framework: mxnet
from mxnet import autograd, np, npx

npx.set_np()

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
