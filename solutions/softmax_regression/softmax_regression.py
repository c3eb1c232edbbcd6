# %% [markdown] lang="en"
# Softmax regression turns the outputs of a linear model, the *logits*, into probabilities, and
# is trained with the cross-entropy loss. You write its pieces by hand. A row is an example, a
# column is a class: logits and probabilities are $n \times k$ tensors, labels are $n$ integers in
# $\{0, \dots, k - 1\}$.
#
# Formulas that are right on paper can overflow in a computer. Here they must not.

# %% [markdown] lang="zh"
# softmax回归把线性模型的输出，即*未规范化的预测*（logits），变换为概率，并用交叉熵损失训练。
# 本作业中你将亲手实现它的各个部分。每一行是一个样本，每一列是一个类别：logits和概率都是
# $n \times k$的张量，标签是$n$个取自$\{0, \dots, k - 1\}$的整数。
#
# 纸面上正确的公式，在计算机里可能会上溢。在这里，它们不允许上溢。

# %%
import torch

# %% [markdown] lang="en" exercise="softmax"
# Return the softmax of every row of `X`, a tensor of shape `(n, k)`:
#
# $$\mathrm{softmax}(\mathbf{X})_{ij} = \frac{\exp(x_{ij})}{\sum_{l=1}^{k} \exp(x_{il})}.$$
#
# The result has the shape and dtype of `X`; each of its rows sums to one. Any $n \ge 1$ and
# $k \ge 1$ may come, $n = k$ too.
#
# The result must be right and finite for logits as large as $1000$ and as small as $-1000$,
# whether they stand in the same row or in different rows. What happens to the softmax of a row
# when you add the same number to all its logits?
#
# `X` must be unchanged on return.

# %% [markdown] lang="zh" exercise="softmax"
# 对形状为`(n, k)`的张量`X`的每一行做softmax运算，返回其结果：
#
# $$\mathrm{softmax}(\mathbf{X})_{ij} = \frac{\exp(x_{ij})}{\sum_{l=1}^{k} \exp(x_{il})}.$$
#
# 结果的形状和数据类型与`X`相同，每一行的和为1。$n \ge 1$和$k \ge 1$可以任取，也可能$n = k$。
#
# 当logits大到$1000$、小到$-1000$时，无论它们在同一行还是在不同行，结果都必须正确且有限。
# 想一想：给一行中的所有logits加上同一个数，这一行的softmax会怎样？
#
# 函数返回后，`X`必须保持不变。


# %% exercise="softmax"
def softmax(X):
    ### BEGIN SOLUTION
    E = torch.exp(X - X.amax(dim=1, keepdim=True))
    return E / E.sum(dim=1, keepdim=True)
    ### END SOLUTION


# %% [markdown] lang="en" exercise="log_softmax"
# Return the natural logarithm of the softmax of every row of `X`, a tensor of shape `(n, k)`:
#
# $$\log \mathrm{softmax}(\mathbf{X})_{ij} = x_{ij} - \log \sum_{l=1}^{k} \exp(x_{il}).$$
#
# The result has the shape and dtype of `X`. Any $n \ge 1$ and $k \ge 1$ may come, $n = k$ too.
#
# The result must be right and finite for logits as large as $1000$ and as small as $-1000$,
# whether they stand in the same row or in different rows. A probability may be too small for a
# float; its logarithm is not.
#
# `X` must be unchanged on return.

# %% [markdown] lang="zh" exercise="log_softmax"
# 对形状为`(n, k)`的张量`X`的每一行做softmax运算，返回其自然对数：
#
# $$\log \mathrm{softmax}(\mathbf{X})_{ij} = x_{ij} - \log \sum_{l=1}^{k} \exp(x_{il}).$$
#
# 结果的形状和数据类型与`X`相同。$n \ge 1$和$k \ge 1$可以任取，也可能$n = k$。
#
# 当logits大到$1000$、小到$-1000$时，无论它们在同一行还是在不同行，结果都必须正确且有限。
# 一个概率可能小到浮点数无法表示，但它的对数不会。
#
# 函数返回后，`X`必须保持不变。


# %% exercise="log_softmax"
def log_softmax(X):
    ### BEGIN SOLUTION
    Z = X - X.amax(dim=1, keepdim=True)
    return Z - torch.log(torch.exp(Z).sum(dim=1, keepdim=True))
    ### END SOLUTION


# %% [markdown] lang="en" exercise="cross_entropy"
# Return the cross-entropy loss of each example: the negative natural logarithm of the
# probability that the model gave to the true class,
#
# $$\ell_i = -\log \hat{y}_{i, y_i}.$$
#
# `y_hat` has shape `(n, k)` and holds probabilities: every entry is $10^{-8}$ or more, and every
# row sums to one. `y` has shape `(n,)` and holds the true classes as integers from `0` to
# `k - 1`. The result has shape `(n,)`, one loss per example and not their mean, and the dtype of
# `y_hat`.
#
# No probability is zero, so that no guard against $\log 0$ is needed. If you use one, it may
# move a loss by at most $10^{-6}$ where the probability of the true class is $0.01$ or more, and
# by at most 1 % where it is less. `y_hat` and `y` must be unchanged on return.

# %% [markdown] lang="zh" exercise="cross_entropy"
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


# %% exercise="cross_entropy"
def cross_entropy(y_hat, y):
    ### BEGIN SOLUTION
    return -torch.log(y_hat[range(len(y_hat)), y])
    ### END SOLUTION


# %% [markdown] lang="en" exercise="softmax_cross_entropy_gradient"
# Return the gradient, with respect to the logits, of the **mean** cross-entropy loss of their
# softmax,
#
# $$L = -\frac{1}{n} \sum_{i=1}^{n} \log \mathrm{softmax}(\mathbf{O})_{i, y_i}.$$
#
# `logits` is $\mathbf{O}$, of shape `(n, k)`; `y` has shape `(n,)` and holds the true classes as
# integers from `0` to `k - 1`. The result has the shape and dtype of `logits`. Work the
# derivative out by hand first; the result is short.
#
# The gradient must be right and finite for logits as large as $1000$ and as small as $-1000$,
# whether they stand in the same row or in different rows. `logits` and `y` must be unchanged on
# return.

# %% [markdown] lang="zh" exercise="softmax_cross_entropy_gradient"
# 对logits做softmax运算后计算交叉熵损失，返回其**平均值**关于logits的梯度：
#
# $$L = -\frac{1}{n} \sum_{i=1}^{n} \log \mathrm{softmax}(\mathbf{O})_{i, y_i}.$$
#
# `logits`即$\mathbf{O}$，形状为`(n, k)`；`y`的形状为`(n,)`，其中是真实类别，为`0`到`k - 1`的整数。
# 结果的形状和数据类型与`logits`相同。请先在纸上求导，结果很简洁。
#
# 当logits大到$1000$、小到$-1000$时，无论它们在同一行还是在不同行，梯度都必须正确且有限。
# 函数返回后，`logits`和`y`必须保持不变。


# %% exercise="softmax_cross_entropy_gradient"
def softmax_cross_entropy_gradient(logits, y):
    ### BEGIN SOLUTION
    E = torch.exp(logits - logits.amax(dim=1, keepdim=True))
    gradient = E / E.sum(dim=1, keepdim=True)
    gradient[range(len(y)), y] -= 1
    return gradient / len(y)
    ### END SOLUTION
