# %% [markdown]
# # 泛化

# %% [markdown]
# 如果模型在没有见过的数据上也表现良好，就说它能够泛化。本作业中的技术正是为此服务的。

# %% [markdown]
# JAX用密钥（key）产生随机数，同一个密钥每次都给出同样的数。如果函数每次调用都要重新采样，
# 就在每次调用时生成一个新的密钥，例如`jax.random.key(np.random.randint(2**31))`。

# %%
# framework: jax
import jax
import jax.numpy as jnp
import numpy as np

# %% [markdown]
# ## dropout · 暂退法（12 分）
#
# 对至少一维、任意形状的数组`X`应用暂退法。`p`是**丢弃**一个元素的概率（丢弃概率），取值从$0$到$1$。
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
#
# 请亲手实现：不允许使用`flax.linen.Dropout`之类现成的实现。

# %%
def dropout(X, p, training=True):
    raise NotImplementedError("dropout")
