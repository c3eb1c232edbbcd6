# %% [markdown] lang="en"
# A model generalizes when it does well on data that it has not seen. The techniques of this
# assignment help it to.

# %% [markdown] lang="zh"
# 如果模型在没有见过的数据上也表现良好，就说它能够泛化。本作业中的技术正是为此服务的。

# %% [markdown] lang="en" framework="jax"
# JAX draws random numbers from a key, and one key gives the same numbers every time. Where a
# function is to draw anew in each call, make a new key in each call, for example by
# `jax.random.key(np.random.randint(2**31))`.

# %% [markdown] lang="zh" framework="jax"
# JAX用密钥（key）产生随机数，同一个密钥每次都给出同样的数。如果函数每次调用都要重新采样，
# 就在每次调用时生成一个新的密钥，例如`jax.random.key(np.random.randint(2**31))`。

# %%
import torch

# %% [markdown] lang="en" exercise="dropout"
# Apply dropout to `X`, a tensor of any shape with one axis or more. `p`, from $0$ to $1$, is the
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

# %% [markdown] lang="zh" exercise="dropout"
# 对至少一维、任意形状的张量`X`应用暂退法。`p`是**丢弃**一个元素的概率（丢弃概率），取值从$0$到$1$。
# 训练时，每个元素$x$变为
#
# $$x' = \begin{cases}
# 0 & \text{概率为 } p, \\
# \dfrac{x}{1 - p} & \text{其他情况，}
# \end{cases}$$
#
# 因此其期望仍为$x$。无论`X`是什么形状，每个元素是否被丢弃都独立决定，并且每次调用都重新决定；
# 不要设置随机数种子。`p = 0`时不丢弃任何元素；`p = 1`时所有元素都为零。
#
# 当`training=False`时，无论`p`是多少，都原样返回`X`的值。
#
# 结果的形状和数据类型与`X`相同。函数返回后，`X`必须保持不变。


# %% exercise="dropout"
def dropout(X, p, training=True):
    ### BEGIN SOLUTION
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    mask = torch.rand_like(X) >= p
    return mask * X / (1 - p)
    ### END SOLUTION
