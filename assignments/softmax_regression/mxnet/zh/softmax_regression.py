# %% [markdown]
# # softmax回归

# %% [markdown]
# softmax回归把线性模型的输出，即*未规范化的预测*（logits），变换为概率，并用交叉熵损失训练。
# 本作业中你将亲手实现它的各个部分。每一行是一个样本，每一列是一个类别：logits和概率都是
# $n \times k$的数组，标签是$n$个取自$\{0, \dots, k - 1\}$的整数。
#
# 纸面上正确的公式，在计算机里可能会上溢。在这里，它们不允许上溢。

# %%
# framework: mxnet
from mxnet import autograd, np, npx

npx.set_np()

# %% [markdown]
# ## softmax · softmax运算（9 分）
#
# 对形状为`(n, k)`的数组`X`的每一行做softmax运算，返回其结果：
#
# $$\mathrm{softmax}(\mathbf{X})_{ij} = \frac{\exp(x_{ij})}{\sum_{l=1}^{k} \exp(x_{il})}.$$
#
# 结果的形状和数据类型与`X`相同，每一行的和为1。$n \ge 1$和$k \ge 1$可以任取，也可能$n = k$。
#
# 当logits大到$1000$、小到$-1000$时，无论它们在同一行还是在不同行，结果都必须正确且有限。
# 想一想：给一行中的所有logits加上同一个数，这一行的softmax会怎样？
#
# 函数返回后，`X`必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.npx.softmax`之类现成的实现。

# %%
def softmax(X):
    raise NotImplementedError("softmax")

# %% [markdown]
# ## log_softmax · 对数softmax（10 分）
#
# 对形状为`(n, k)`的数组`X`的每一行做softmax运算，返回其自然对数：
#
# $$\log \mathrm{softmax}(\mathbf{X})_{ij} = x_{ij} - \log \sum_{l=1}^{k} \exp(x_{il}).$$
#
# 结果的形状和数据类型与`X`相同。$n \ge 1$和$k \ge 1$可以任取，也可能$n = k$。
#
# 当logits大到$1000$、小到$-1000$时，无论它们在同一行还是在不同行，结果都必须正确且有限。
# 一个概率可能小到浮点数无法表示，但它的对数不会。
#
# 函数返回后，`X`必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.npx.softmax`、`mxnet.gluon.loss.SoftmaxCrossEntropyLoss`之类现成的实现。

# %%
def log_softmax(X):
    raise NotImplementedError("log_softmax")

# %% [markdown]
# ## cross_entropy · 交叉熵损失（6 分）
#
# 返回每个样本的交叉熵损失，即模型赋给真实类别的概率的负自然对数：
#
# $$\ell_i = -\log \hat{y}_{i, y_i}.$$
#
# `y_hat`的形状为`(n, k)`，其中是概率：每个元素都不小于$10^{-8}$，每一行的和为1。`y`的形状为`(n,)`，
# 其中是真实类别，为`0`到`k - 1`的整数。结果的形状为`(n,)`，每个样本一个损失，而不是它们的平均值；
# 数据类型与`y_hat`相同。
#
# 概率都不为零，因此不需要为避免$\log 0$而加保护项；如果你要加，当真实类别的概率不小于$0.01$时，
# 它对损失的改变不得超过$10^{-6}$，概率更小时不得超过1%。函数返回后，`y_hat`和`y`必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.gluon.loss.SoftmaxCrossEntropyLoss`之类现成的实现。

# %%
def cross_entropy(y_hat, y):
    raise NotImplementedError("cross_entropy")

# %% [markdown]
# ## softmax_cross_entropy_gradient · softmax与交叉熵的梯度（8 分）
#
# 对logits做softmax运算后计算交叉熵损失，返回其**平均值**关于logits的梯度：
#
# $$L = -\frac{1}{n} \sum_{i=1}^{n} \log \mathrm{softmax}(\mathbf{O})_{i, y_i}.$$
#
# `logits`即$\mathbf{O}$，形状为`(n, k)`；`y`的形状为`(n,)`，其中是真实类别，为`0`到`k - 1`的整数。
# 结果的形状和数据类型与`logits`相同。请先在纸上求导，结果很简洁。
#
# 当logits大到$1000$、小到$-1000$时，无论它们在同一行还是在不同行，梯度都必须正确且有限。
# 函数返回后，`logits`和`y`必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.autograd.record`之类现成的实现。

# %%
def softmax_cross_entropy_gradient(logits, y):
    raise NotImplementedError("softmax_cross_entropy_gradient")
