# %% [markdown]
# # softmax回归

# %% [markdown]
# softmax回归把线性模型的输出，即*未规范化的预测*（logits），变换为概率，并用交叉熵损失训练。
# 本作业中你将亲手实现它的各个部分。每一行是一个样本，每一列是一个类别：logits和概率都是
# $n \times k$的张量，标签是$n$个取自$\{0, \dots, k - 1\}$的整数。
#
# 纸面上正确的公式，在计算机里可能会上溢。在这里，它们不允许上溢。
#
# 传入的张量至少有一个元素，并像新建的张量那样在内存中按行存放。如果元素是浮点数，
# 类型就是float32或float64。

# %%
# framework: tensorflow
import tensorflow as tf

# %% [markdown]
# ## one_hot · 独热编码（4 分）
#
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
#
# 请亲手实现：不允许使用`tensorflow.one_hot`、`keras.ops.one_hot`、`keras.utils.to_categorical`之类现成的实现。

# %%
def one_hot(labels, num_classes):
    raise NotImplementedError("one_hot")

# %% [markdown]
# ## softmax · softmax运算（9 分）
#
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
#
# 请亲手实现：不允许使用`tensorflow.nn.softmax`、`tensorflow.GradientTape`之类现成的实现。

# %%
def softmax(X):
    raise NotImplementedError("softmax")

# %% [markdown]
# ## log_softmax · 对数softmax（10 分）
#
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
#
# 请亲手实现：不允许使用`tensorflow.nn.softmax`、`tensorflow.nn.*cross_entropy*`之类现成的实现。

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
# 请亲手实现：不允许使用`tensorflow.nn.*cross_entropy*`之类现成的实现。

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
# 请亲手实现：不允许使用`tensorflow.GradientTape`之类现成的实现。

# %%
def softmax_cross_entropy_gradient(logits, y):
    raise NotImplementedError("softmax_cross_entropy_gradient")

# %% [markdown]
# ## entropy · 熵（5 分）
#
# 一次随机抽取的结果平均有多出人意料？返回$k$种结果上的概率分布的*熵*：
#
# $$H(p) = -\sum_{j=1}^{k} p_j \log p_j,$$
#
# 其中的对数是自然对数。`p`的形状为`(k,)`，各元素是概率，和为1。从不发生的结果不会令人意外：
# 当$p_j = 0$时，$p_j \log p_j$这一项为$0$。
#
# 结果是一个数。均匀的硬币的熵为$\log 2 \approx 0.693$，总是正面朝上的硬币的熵为$0$。如果你为避免
# $\log 0$而加了保护项，它对结果的改变不得超过$10^{-6}$。函数返回后，`p`必须保持不变。
#
# 请亲手实现：不允许使用`torch.special.entr`、`scipy.stats.entropy`、`scipy.special.entr`之类现成的实现。

# %%
def entropy(p):
    raise NotImplementedError("entropy")

# %% [markdown]
# ## kl_divergence · KL散度（5 分）
#
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
#
# 请亲手实现：不允许使用`keras.losses.KLDivergence`、`keras.losses.kl_divergence`、`tensorflow.keras.losses.KLDivergence`之类现成的实现。

# %%
def kl_divergence(p, q):
    raise NotImplementedError("kl_divergence")

# %% [markdown]
# ## accuracy · 精度（4 分）
#
# 训练分类器用的是损失，而人们关心的是它有多少次是对的。得分最高的类别就是预测类别。返回*精度*
# （accuracy），即预测类别等于真实类别的样本所占的比例，它是$0$到$1$之间的一个数。
#
# `y_hat`的形状为`(n, k)`，每个样本占一行，其中是各类别的得分：可以是概率，也可以是logits，正负和
# 大小不限；每一行都没有并列的最高分。`y`的形状为`(n,)`，其中是真实类别，为`0`到`k - 1`的整数。例如
# `y_hat = [[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]]`、`y = [0, 2]`时，精度为$0.5$。
#
# 函数返回后，`y_hat`和`y`必须保持不变。
#
# 请亲手实现：不允许使用`keras.metrics.*`、`tensorflow.keras.metrics.*`、`sklearn.metrics.accuracy_score`之类现成的实现。

# %%
def accuracy(y_hat, y):
    raise NotImplementedError("accuracy")

# %% [markdown]
# ## softmax_net · 完整的模型（7 分）
#
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
#
# 请亲手实现：不允许使用`tensorflow.nn.softmax`、`tensorflow.keras.layers.Dense`、`tensorflow.nn.conv*`之类现成的实现。

# %%
def softmax_net(X, W, b):
    raise NotImplementedError("softmax_net")
