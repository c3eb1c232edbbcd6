# %% [markdown]
# # 线性回归

# %% [markdown]
# 在这次作业中，你将从零开始实现线性回归：数据、模型、损失函数、梯度、优化算法，以及最后的训练循环；
# 另外还有解析解，训练的结果应当与它接近。
#
# 每一行是一个样本：$n$个样本、每个样本有$d$个特征时，特征的形状为`(n, d)`，
# 标签和预测值的形状为`(n, 1)`，权重`w`的形状为`(d, 1)`，偏置`b`的形状为`(1,)`。
# 请不要设置任何随机数生成器的种子。
#
# 传入的数组至少有一个元素，并像新建的数组那样在内存中按行存放。如果元素是浮点数，
# 类型就是float32或float64。

# %%
# framework: numpy
import numpy as np

# %% [markdown]
# ## synthetic_data · 生成数据集（6 分）
#
# 为线性模型生成一个人造数据集。`w`的形状为`(d, 1)`，是真实的权重；数`b`是真实的偏置。
# 全部`num_examples`个样本的特征都独立地采样自标准正态分布，标签为
#
# $$\mathbf{y} = \mathbf{X} \mathbf{w} + b + \boldsymbol{\epsilon},$$
#
# 其中每个样本都有自己的噪声，独立地采样自均值为0、标准差为0.01的正态分布。
#
# 依次返回形状为`(num_examples, d)`的`features`和形状为`(num_examples, 1)`的`labels`，
# 两者的数据类型都与`w`相同。每次调用都要重新采样。函数返回后`w`必须保持不变。
#
# 请亲手实现：不允许使用`sklearn.datasets.make_regression`之类现成的实现。

# %%
def synthetic_data(w, b, num_examples):
    raise NotImplementedError("synthetic_data")

# %% [markdown]
# ## data_iter · 读取小批量（8 分）
#
# 以小批量的方式遍历一遍数据，每个小批量包含`batch_size`个样本。`features`的形状为`(n, d)`，
# `labels`的形状为`(n, 1)`或`(n,)`。
#
# 每一项都是一对数组：一个小批量的特征，形状为`(batch_size, d)`；
# 以及同一批样本按同样顺序排列的标签，形状为`(batch_size, 1)`或`(batch_size,)`。
# 每个样本恰好出现一次。最后剩余的样本组成一个较小的小批量；
# 如果`batch_size`大于$n$，则只有一个小批量，其中包含所有样本。
#
# 样本的顺序是随机的，所有可能的顺序都等可能出现，每次调用都要重新打乱：
# 不仅小批量的先后顺序是随机的，哪些样本被分到同一个小批量中也是随机的。
#
# 可以写成生成器，也可以返回由这些对组成的任何可迭代对象，例如列表。小批量的数据类型与数据相同。
# `features`和`labels`必须保持不变，取完最后一个小批量之后也是如此。
#
# 请亲手实现：不允许使用`torch.utils.data.DataLoader`之类现成的实现。

# %%
def data_iter(batch_size, features, labels):
    raise NotImplementedError("data_iter")

# %% [markdown]
# ## linreg · 定义模型（4 分）
#
# 线性回归模型：返回预测值
#
# $$\hat{\mathbf{y}} = \mathbf{X} \mathbf{w} + b,$$
#
# 其中`X`的形状为`(n, d)`，`w`的形状为`(d, 1)`，`b`的形状为`(1,)`。
# 结果的形状为`(n, 1)`，数据类型与输入相同。函数返回后所有参数都必须保持不变。
#
# 请亲手实现：不允许使用`torch.nn.functional.linear`、`torch.nn.functional.conv2d`之类现成的实现。

# %%
def linreg(X, w, b):
    raise NotImplementedError("linreg")

# %% [markdown]
# ## squared_loss · 平方损失（6 分）
#
# 返回每个预测值的平方损失
#
# $$l^{(i)} = \frac{1}{2} \left(\hat{y}^{(i)} - y^{(i)}\right)^2,$$
#
# 每个元素对应一个值，既不求和也不求平均。无论`y_hat`是什么形状，结果的形状都与它相同；
# 结果的数据类型与输入相同。
#
# `y`的形状也与`y_hat`相同，只有一个例外：当预测值的形状为`(n, 1)`时，标签的形状可以是`(n,)`。
# 此时`y`的第$i$个元素仍对应`y_hat`的第$i$行。二者可能都很大而又彼此接近：当所有数都在$1000$附近、
# 相差约为$1$时，损失也必须正确。函数返回后两个参数都必须保持不变。
#
# 请亲手实现：不允许使用`torch.nn.functional.mse_loss`之类现成的实现。

# %%
def squared_loss(y_hat, y):
    raise NotImplementedError("squared_loss")

# %% [markdown]
# ## linreg_gradients · 手算梯度（8 分）
#
# 手工推导整个小批量的损失的梯度。损失是各个样本平方损失之**和**
#
# $$L = \sum_{i=1}^{n} \frac{1}{2} \left(\hat{y}^{(i)} - y^{(i)}\right)^2,
# \quad\text{其中}\quad \hat{\mathbf{y}} = \mathbf{X} \mathbf{w} + b,$$
#
# 而不是平均值。`X`的形状为`(n, d)`，`w`的形状为`(d, 1)`，`b`的形状为`(1,)`，`y`的形状为`(n, 1)`。
#
# 依次返回形状为`(d, 1)`的$\partial L / \partial \mathbf{w}$
# 和形状为`(1,)`的$\partial L / \partial b$，两者的数据类型都与输入相同。
# 函数返回后所有参数都必须保持不变。
#
# 请亲手实现：不允许使用`torch.autograd.grad`之类现成的实现。

# %%
def linreg_gradients(X, w, b, y):
    raise NotImplementedError("linreg_gradients")

# %% [markdown]
# ## sgd · 小批量随机梯度下降（8 分）
#
# 执行一步小批量随机梯度下降。`params`是由至少一维、任意形状的数组组成的列表，
# `grads`是它们的梯度组成的列表，`grads[i]`与`params[i]`的形状相同。
# 这些梯度来自对小批量中`batch_size`个样本**求和**的损失，而更新要按平均梯度进行：
#
# $$\mathbf{p} \leftarrow \mathbf{p} - \frac{\eta}{|\mathcal{B}|} \, \mathbf{g},$$
#
# 其中学习率$\eta$为`lr`，$|\mathcal{B}|$为`batch_size`。函数返回后梯度必须保持不变。
#
# `params`中的每个数组都要*原地*更新；函数返回什么都可以。
#
# 请亲手实现：不允许使用`torch.optim.SGD`之类现成的实现。

# %%
def sgd(params, grads, lr, batch_size):
    raise NotImplementedError("sgd")

# %% [markdown]
# ## normal_equation · 解析解（6 分）
#
# 线性回归有解析解。`X`的形状为`(n, d)`，`y`的形状为`(n, 1)`，返回使平方损失最小的权重和截距。
# 在`X`的最后附加一列1，截距就成为多出来的一个权重，于是
#
# $$\mathbf{w}^* = (\mathbf{X}^\top \mathbf{X})^{-1} \mathbf{X}^\top \mathbf{y}.$$
#
# 结果的形状为`(d + 1, 1)`，前面是$d$个权重，**最后**是截距；数据类型与输入相同。
# `X`的各列没有中心化，彼此之间也可能相关，但它们与全1列一起是线性无关的。
# 函数返回后两个参数都必须保持不变。
#
# 请亲手实现：不允许使用`sklearn.linear_model.LinearRegression`、`scipy.optimize.*`、`statsmodels.*`之类现成的实现。

# %%
def normal_equation(X, y):
    raise NotImplementedError("normal_equation")

# %% [markdown]
# ## train_linreg · 训练（8 分）
#
# 用小批量随机梯度下降训练线性回归：遍历数据`num_epochs`次，
# 对每个包含`batch_size`个样本的小批量，以学习率`lr`更新一步。
# 初始值取零或较小的随机数都可以。你可以使用前面写好的函数。
#
# 每一步按小批量中实际样本的平方损失的**平均**梯度更新：如果一个迭代周期的最后一个小批量较小，
# 或者`batch_size`大于$n$，就除以其中实际的样本数。
#
# `features`的形状为`(n, d)`，`labels`的形状为`(n, 1)`。
# 依次返回形状为`(d, 1)`的权重和形状为`(1,)`的偏置，两者的数据类型都与特征相同。
# 结果将与同一数据的最小二乘解比较：每个元素与它的差不得超过0.02。
# 所给的参数使这一要求很容易达到。如果步数很少，结果应是从接近零的初始值出发走完这些步所到的位置。
# 函数返回后`features`和`labels`必须保持不变。
#
# 请亲手实现：不允许使用`numpy.linalg.lstsq`、`torch.optim.SGD`、`torch.nn.functional.linear`之类现成的实现。

# %%
def train_linreg(features, labels, lr, num_epochs, batch_size):
    raise NotImplementedError("train_linreg")
