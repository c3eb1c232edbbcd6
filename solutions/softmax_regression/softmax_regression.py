# %% [markdown] lang="en"
# Softmax regression turns the outputs of a linear model, the *logits*, into probabilities, and
# is trained with the cross-entropy loss. You write its pieces by hand. A row is an example, a
# column is a class: logits and probabilities are $n \times k$ tensors, labels are $n$ integers in
# $\{0, \dots, k - 1\}$.
#
# Formulas that are right on paper can overflow in a computer. Here they must not.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %% [markdown] lang="zh"
# softmax回归把线性模型的输出，即*未规范化的预测*（logits），变换为概率，并用交叉熵损失训练。
# 本作业中你将亲手实现它的各个部分。每一行是一个样本，每一列是一个类别：logits和概率都是
# $n \times k$的张量，标签是$n$个取自$\{0, \dots, k - 1\}$的整数。
#
# 纸面上正确的公式，在计算机里可能会上溢。在这里，它们不允许上溢。
#
# 传入的数组至少有一个元素，并像新建的数组那样在内存中按行存放。如果元素是浮点数，
# 类型就是float32或float64。

# %%
import torch

# %% [markdown] lang="en" exercise="one_hot"
# A class is a name and no quantity: class 2 is not twice class 1. So labels are written as vectors
# with a one at the place of the class and zeros elsewhere. Return this *one-hot encoding* of
# `labels`, a tensor of shape `(n, num_classes)` with a row for each label:
#
# $$H_{ij} = \begin{cases} 1 & \text{if } j = \text{labels}_i, \\
# 0 & \text{otherwise.} \end{cases}$$
#
# `labels` has shape `(n,)` and holds integers from `0` to `num_classes - 1`. Some classes may not
# occur among them. With three classes, the labels `[2, 0]` become `[[0, 0, 1], [1, 0, 0]]`.
#
# The result may have any numeric dtype. `labels` must be unchanged on return.

# %% [markdown] lang="zh" exercise="one_hot"
# 类别只是名称，不是数量：类别2并不是类别1的两倍。因此标签常写成向量：真实类别处为1，其余各处为0，
# 这就是*独热编码*（one-hot encoding）。返回`labels`的独热编码，它是形状为`(n, num_classes)`的张量，
# 每个标签占一行：
#
# $$H_{ij} = \begin{cases} 1 & \text{如果 } j = \text{labels}_i, \\ 0 & \text{否则。} \end{cases}$$
#
# `labels`的形状为`(n,)`，其中是`0`到`num_classes - 1`的整数，有些类别可能不出现。例如有三个类别时，
# 标签`[2, 0]`的编码为`[[0, 0, 1], [1, 0, 0]]`。
#
# 结果可以是任意数值类型。函数返回后，`labels`必须保持不变。


# %% exercise="one_hot"
def one_hot(labels, num_classes):
    ### BEGIN SOLUTION
    result = torch.zeros(len(labels), num_classes, dtype=torch.int64)
    result[range(len(labels)), labels] = 1
    return result
    ### END SOLUTION


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


# %% [markdown] lang="en" exercise="entropy"
# How surprising is an outcome of a random draw, on average? Return the *entropy* of a distribution
# over $k$ outcomes,
#
# $$H(p) = -\sum_{j=1}^{k} p_j \log p_j,$$
#
# with the natural logarithm. `p` has shape `(k,)`; its entries are probabilities that sum to one.
# An outcome that never happens surprises nobody: where $p_j = 0$, the term $p_j \log p_j$ is $0$.
#
# The result is one number. A fair coin has an entropy of $\log 2 \approx 0.693$, a coin that
# always shows heads has an entropy of $0$. If you guard against $\log 0$, the guard may move the
# result by at most $10^{-6}$. `p` must be unchanged on return.

# %% [markdown] lang="zh" exercise="entropy"
# 一次随机抽取的结果平均有多出人意料？返回$k$种结果上的概率分布的*熵*：
#
# $$H(p) = -\sum_{j=1}^{k} p_j \log p_j,$$
#
# 其中的对数是自然对数。`p`的形状为`(k,)`，各元素是概率，和为1。从不发生的结果不会令人意外：
# 当$p_j = 0$时，$p_j \log p_j$这一项为$0$。
#
# 结果是一个数。均匀的硬币的熵为$\log 2 \approx 0.693$，总是正面朝上的硬币的熵为$0$。如果你为避免
# $\log 0$而加了保护项，它对结果的改变不得超过$10^{-6}$。函数返回后，`p`必须保持不变。


# %% exercise="entropy"
def entropy(p):
    ### BEGIN SOLUTION
    p = p[p > 0]
    return -(p * torch.log(p)).sum()
    ### END SOLUTION


# %% [markdown] lang="en" exercise="kl_divergence"
# A model believes in the distribution `q`, but outcomes come from `p`. How much more surprised is
# it than somebody who knows `p`? Return the *Kullback-Leibler divergence*
#
# $$D_\mathrm{KL}(p \,\|\, q) = \sum_{j=1}^{k} p_j \log \frac{p_j}{q_j},$$
#
# with the natural logarithm. `p` and `q` have shape `(k,)`; the entries of each are probabilities
# that sum to one. All entries of `q` are $10^{-8}$ or more. Entries of `p` may be zero, and then
# their term is $0$.
#
# The result is one number, which is zero only if the two are the same, and changes if they are
# swapped. For `p = [1, 0]` and `q = [0.5, 0.5]` it is $\log 2 \approx 0.693$. If you guard against
# $\log 0$, the guard may move the result by at most $10^{-6}$ where all entries of `q` are $0.01$
# or more, and by at most 1 % elsewhere. `p` and `q` must be unchanged on return.

# %% [markdown] lang="zh" exercise="kl_divergence"
# 模型相信的分布是`q`，而结果实际来自分布`p`。与知道`p`的人相比，模型会多感到多少意外？返回
# *KL散度*（Kullback-Leibler divergence）：
#
# $$D_\mathrm{KL}(p \,\|\, q) = \sum_{j=1}^{k} p_j \log \frac{p_j}{q_j},$$
#
# 其中的对数是自然对数。`p`和`q`的形状均为`(k,)`，各自的元素是概率，和为1。`q`的每个元素都不小于
# $10^{-8}$；`p`的元素可以为零，此时对应的项为$0$。
#
# 结果是一个数：只有两个分布相同时才为零，交换两者时会改变。例如`p = [1, 0]`、`q = [0.5, 0.5]`时，
# 结果为$\log 2 \approx 0.693$。如果你为避免$\log 0$而加了保护项，当`q`的元素都不小于$0.01$时，
# 它对结果的改变不得超过$10^{-6}$，否则不得超过1%。函数返回后，`p`和`q`必须保持不变。


# %% exercise="kl_divergence"
def kl_divergence(p, q):
    ### BEGIN SOLUTION
    possible = p > 0
    p, q = p[possible], q[possible]
    return (p * torch.log(p / q)).sum()
    ### END SOLUTION


# %% [markdown] lang="en" exercise="accuracy"
# The loss is what a classifier is trained with; what people ask is how often it is right. A
# prediction is the class with the largest score. Return the *accuracy*, the fraction of examples
# whose prediction is the true class: one number from $0$ to $1$.
#
# `y_hat` has shape `(n, k)` and holds scores, a row for each example: probabilities or logits, of
# any sign and size. No row has two largest scores. `y` has shape `(n,)` and holds the true classes
# as integers from `0` to `k - 1`. For `y_hat = [[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]]` and `y = [0, 2]`
# the accuracy is $0.5$.
#
# `y_hat` and `y` must be unchanged on return.

# %% [markdown] lang="zh" exercise="accuracy"
# 训练分类器用的是损失，而人们关心的是它有多少次是对的。得分最高的类别就是预测类别。返回*精度*
# （accuracy），即预测类别等于真实类别的样本所占的比例，它是$0$到$1$之间的一个数。
#
# `y_hat`的形状为`(n, k)`，每个样本占一行，其中是各类别的得分：可以是概率，也可以是logits，正负和
# 大小不限；每一行都没有并列的最高分。`y`的形状为`(n,)`，其中是真实类别，为`0`到`k - 1`的整数。例如
# `y_hat = [[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]]`、`y = [0, 2]`时，精度为$0.5$。
#
# 函数返回后，`y_hat`和`y`必须保持不变。


# %% exercise="accuracy"
def accuracy(y_hat, y):
    ### BEGIN SOLUTION
    return (y_hat.argmax(dim=1) == y).to(y_hat.dtype).mean()
    ### END SOLUTION


# %% [markdown] lang="en" exercise="softmax_net"
# Now put the model together. A linear layer wants vectors, but examples come as images: flatten
# each of them, entry by entry in the order in which they are stored, apply the linear layer, and
# return the softmax of each row, the probabilities of the $k$ classes:
#
# $$\hat{\mathbf{Y}} = \mathrm{softmax}(\mathbf{X} \mathbf{W} + \mathbf{b}).$$
#
# `X` has shape `(n, c, h, w)`: $n \ge 1$ images with $c$ channels, $h$ rows and $w$ columns. It may
# also have shape `(n, d)`, examples that are flat already. `W` has shape `(d, k)`, where
# $d = c \cdot h \cdot w$, and `b` has shape `(k,)`. The result has shape `(n, k)` and the dtype of
# the arguments.
#
# It must be right and finite for logits as large as $1000$ and as small as $-1000$. Your `softmax`
# may be called. The arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="softmax_net"
# 现在把模型组合起来。线性层需要向量，而样本是图像：把每幅图像按存储顺序逐个元素展平，经过线性层，
# 再对每一行做softmax运算，返回$k$个类别的概率：
#
# $$\hat{\mathbf{Y}} = \mathrm{softmax}(\mathbf{X} \mathbf{W} + \mathbf{b}).$$
#
# `X`的形状为`(n, c, h, w)`，即$n \ge 1$幅图像，每幅有$c$个通道、$h$行、$w$列；形状也可能是
# `(n, d)`，即样本已经展平。`W`的形状为`(d, k)`，其中$d = c \cdot h \cdot w$；`b`的形状为`(k,)`。
# 结果的形状为`(n, k)`，数据类型与参数相同。
#
# 当logits大到$1000$、小到$-1000$时，结果都必须正确且有限。可以调用你自己写的`softmax`。函数返回后，
# 各参数必须保持不变。


# %% exercise="softmax_net"
def softmax_net(X, W, b):
    ### BEGIN SOLUTION
    return softmax(X.reshape(len(X), -1) @ W + b)
    ### END SOLUTION

# %% [markdown] lang="en" story="softmax cross_entropy softmax_cross_entropy_gradient accuracy"
# ## What it was for
#
# With what you have written, a classifier trains itself. There are three classes of points in the
# plane; in each step, your gradient of the loss moves the weights a little. On the left, your
# probabilities for every point of the plane, one of red, green and blue for each class: where the
# colours mix, the model is not sure. On the right, your loss and your accuracy. What becomes of the
# borders if the classes overlap more, say with `spread = 2`?

# %% [markdown] lang="zh" story="softmax cross_entropy softmax_cross_entropy_gradient accuracy"
# ## 这一切的用处
#
# 有了你写的这些函数，分类器就能训练了。平面上的点分成三类；每一步都用你写的损失的梯度把权重移动一点。
# 左图是你算出的平面上每一点的概率，红、绿、蓝各代表一类：颜色混在一起的地方，模型拿不准。
# 右图是你算出的损失和精度。如果各类重叠得更多，例如`spread = 2`，边界会变成什么样？

# %% story="softmax cross_entropy softmax_cross_entropy_gradient accuracy" framework="torch"
import numpy

array, as_numpy = torch.as_tensor, numpy.asarray

# %% story="softmax cross_entropy softmax_cross_entropy_gradient accuracy" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray

# %% story="softmax cross_entropy softmax_cross_entropy_gradient accuracy" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray

# %% story="softmax cross_entropy softmax_cross_entropy_gradient accuracy" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray

# %% story="softmax cross_entropy softmax_cross_entropy_gradient accuracy" framework="mxnet"
import numpy

array = np.array


def as_numpy(x):
    return x.asnumpy() if hasattr(x, "asnumpy") else numpy.asarray(x)

# %% story="softmax cross_entropy softmax_cross_entropy_gradient accuracy"
import matplotlib.pyplot as plt

spread, learning_rate, steps = 1, 0.2, 60
y = numpy.repeat([0, 1, 2], 60)
centers = numpy.array([[0, 2], [-2, -1], [2, -1]])
X = centers[y] + spread * numpy.random.default_rng(1).normal(size=(180, 2))
W, b = numpy.zeros((2, 3)), numpy.zeros(3)
losses, accuracies = [], []
for _ in range(steps):
    logits = array(X @ W + b)
    probabilities = softmax(logits)
    losses.append(numpy.mean(as_numpy(cross_entropy(probabilities, array(y)))))
    accuracies.append(float(accuracy(probabilities, array(y))))
    gradient = as_numpy(softmax_cross_entropy_gradient(logits, array(y)))
    W, b = W - learning_rate * X.T @ gradient, b - learning_rate * gradient.sum(axis=0)
across = numpy.linspace(-5, 5, 101)
plane = numpy.stack(numpy.meshgrid(across, across), axis=-1).reshape(-1, 2)
shades = as_numpy(softmax(array(plane @ W + b))).reshape(101, 101, 3)
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
left.imshow(0.4 + 0.6 * shades, extent=(-5, 5, -5, 5), origin="lower")
for label, marker in enumerate("o^s"):
    left.scatter(*X[y == label].T, s=12, marker=marker, color=0.7 * numpy.eye(3)[label])
left.set(xlabel="$x_1$", ylabel="$x_2$")
right.plot(losses, label="cross_entropy")
right.plot(accuracies, "--", label="accuracy")
right.set(xlabel="step", ylim=(0, 1.2))
right.legend()
plt.show()
