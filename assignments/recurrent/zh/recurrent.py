# %% [markdown]
# # 循环神经网络

# %% [markdown]
# 循环神经网络每次读入序列的一个时间步，并把状态从一个时间步传递到下一个时间步。
# 本作业中你将亲手实现这样的计算，以及语言模型中与之相关的部分：词的计数、词的向量，
# 以及衡量文本预测得有多好的指标。
#
# 传入的张量至少有一个元素，并像新建的张量那样在内存中按行存放。如果元素是浮点数，
# 类型就是float32或float64。

# %%
# framework: torch
import math
from collections import Counter

import torch

# %% [markdown]
# ## ngram_counts · 统计n元语法（4 分）
#
# 最简单的语言模型只做计数。*n元语法*（n-gram）是直接相邻的`n`个词元。请对它们计数：
# `tokens`是由字符串组成的列表，按文本中的顺序排列；`n`不小于$1$。返回一个映射（`dict`、
# `Counter`等）：键是出现过的每个n元语法，写成由`n`个字符串组成的元组；
# 值是它在文本中开始的位置的个数。n元语法可以重叠：
#
# $$\text{count}(w_1, \dots, w_n) = \bigl|\{\, t :
# (\text{tokens}_t, \dots, \text{tokens}_{t + n - 1}) = (w_1, \dots, w_n) \,\}\bigr|.$$
#
# `n = 1`时键同样是元组。没有出现的可以省略，也可以记为0；如果文本不足`n`个词元，就没有可计数的。
# 例如`["a", "b", "a", "b"]`、`n = 2`时，`("a", "b")`的计数为2，`("b", "a")`的计数为1。
#
# 词元可以是任意字符串：可以含空格，可以为空，大小写不同就是不同的词元。
#
# 请亲手实现：不允许使用`nltk.ngrams`、`nltk.util.ngrams`、`nltk.bigrams`之类现成的实现。

# %%
def ngram_counts(tokens, n):
    raise NotImplementedError("ngram_counts")

# %% [markdown]
# ## bigram_log_probability · 二元语法模型（6 分）
#
# 一个句子的概率有多大？二元语法模型只往回看一个词元：把第一个词元的概率，
# 与其余每个词元在前一个词元之后出现的条件概率相乘。返回下式的自然对数：
#
# $$P(w_1, \dots, w_T) = P(w_1) \prod_{t=2}^{T} P(w_t \mid w_{t-1}),$$
#
# 其中的概率由语料库`corpus`中的计数得到，不做平滑：
#
# $$P(w) = \frac{\text{count}(w)}{\text{number of tokens in the corpus}}, \qquad
# P(w' \mid w) = \frac{\text{count}(w, w')}{\text{count}(w)}.$$
#
# $P(w)$的分母是语料库的词元总数。`tokens`（$T \ge 1$）和`corpus`都是按文本顺序排列的字符串列表，
# 都不为空。$\text{count}(w)$计入词元在语料库中的每一次出现，包括末尾；
# $\text{count}(w, w')$计入$w'$紧跟在$w$之后的每一处。例如语料库为`["a", "b", "a", "c"]`时，
# 句子`["a", "b"]`的概率为$\frac{2}{4} \cdot \frac{1}{2}$，结果为$\log 0.25 \approx -1.386$。
#
# 结果是一个数。只要有语料库中从未见过的词元，或者从未见过的两个相邻词元，概率就为零，
# 此时结果为$-\infty$（`-math.inf`），而不是抛出异常。句子可能长到其概率小得浮点数无法表示，
# 但它的对数不会。可以调用你自己写的`ngram_counts`。
#
# 请亲手实现：不允许使用`nltk.lm.MLE`、`nltk.lm.*`、`nltk.*`之类现成的实现。

# %%
def bigram_log_probability(tokens, corpus):
    raise NotImplementedError("bigram_log_probability")

# %% [markdown]
# ## rnn_step · 循环神经网络的一个时间步（5 分）
#
# 循环神经网络在每个时间步读入一个输入，并用*隐状态*记住到目前为止读过的内容。请计算一个时间步：
# 输入`x`的形状为`(n, d)`，是$n$个序列在同一时间步的输入；它们的隐状态`h`的形状为`(n, h)`。
# 返回新的隐状态：
#
# $$\mathbf{H}' = \tanh(\mathbf{X} \mathbf{W}_{xh} + \mathbf{H} \mathbf{W}_{hh} + \mathbf{b}_h).$$
#
# `W_xh`的形状为`(d, h)`，`W_hh`为`(h, h)`，`b_h`为`(h,)`。它们的大小都可以任取，
# 也可能只有一个样本、一个隐藏单元。例如`x = [[1]]`、`h = [[0.5]]`、`W_xh = [[0.3]]`、
# `W_hh = [[0.4]]`、`b_h = [0.1]`时，新的隐状态为$[[\tanh 0.6]] \approx [[0.537]]$。
#
# 结果的形状为`(n, h)`，数据类型与参数相同。可以使用框架自带的$\tanh$；如果自己实现，
# 对任何一个和$a$，$e^{2a}$与$e^{-2a}$都不会溢出。函数返回后，各参数必须保持不变。
#
# 请亲手实现：不允许使用`torch.nn.RNNCell`、`torch.nn.RNN`、`torch.nn.RNNBase`之类现成的实现。

# %%
def rnn_step(x, h, W_xh, W_hh, b_h):
    raise NotImplementedError("rnn_step")

# %% [markdown]
# ## rnn_forward · 处理序列的循环神经网络（6 分）
#
# 现在读入整个序列：在每个时间步使用同一个层、同样的权重，并且每次都从上一个时间步留下的隐状态出发。
# `xs`的形状为`(steps, n, d)`，第一维是时间：`xs[t]`是时间步$t$的输入，至少有一个时间步。
# `h`的形状为`(n, h)`，是第一个时间步之前的隐状态$\mathbf{H}_0$。权重与`rnn_step`相同：
#
# $$\mathbf{H}_t = \tanh(\mathbf{X}_t \mathbf{W}_{xh} + \mathbf{H}_{t-1} \mathbf{W}_{hh}
# + \mathbf{b}_h), \qquad t = 1, \dots, \text{steps}.$$
#
# 返回`hs, h`：先是每个时间步之后的隐状态$\mathbf{H}_1, \dots, \mathbf{H}_\text{steps}$，
# 它们组成一个形状为`(steps, n, h)`的张量；再是其中最后一个，形状为`(n, h)`。
# $\mathbf{H}_0$不在其中。例如`h = [[0]]`、`W_xh = [[1]]`、`W_hh = [[1]]`、`b_h = [0]`，
# 输入依次为1和0时，两个隐状态为$\tanh 1 \approx 0.762$和$\tanh 0.762 \approx 0.642$。
#
# 两个结果的数据类型都与参数相同。可以调用你自己写的`rnn_step`。函数返回后，各参数必须保持不变。
#
# 请亲手实现：不允许使用`torch.nn.RNNCell`、`torch.nn.RNN`、`torch.nn.RNNBase`之类现成的实现。

# %%
def rnn_forward(xs, h, W_xh, W_hh, b_h):
    raise NotImplementedError("rnn_forward")

# %% [markdown]
# ## lstm_cell · 长短期记忆网络单元（10 分）
#
# 计算长短期记忆网络（LSTM）的一个时间步。给定形状为`(n, d)`的输入`x`，以及形状都为`(n, h)`的
# 隐状态`h`和记忆元`c`，计算
#
# $$\begin{aligned}
# [\mathbf{A}_i, \mathbf{A}_f, \mathbf{A}_g, \mathbf{A}_o]
#     &= \mathbf{X} \mathbf{W}_x + \mathbf{H} \mathbf{W}_h + \mathbf{b}, \\
# \mathbf{I} = \sigma(\mathbf{A}_i), \quad \mathbf{F} &= \sigma(\mathbf{A}_f), \quad
#     \mathbf{G} = \tanh(\mathbf{A}_g), \quad \mathbf{O} = \sigma(\mathbf{A}_o), \\
# \mathbf{C}' &= \mathbf{F} \odot \mathbf{C} + \mathbf{I} \odot \mathbf{G}, \\
# \mathbf{H}' &= \mathbf{O} \odot \tanh(\mathbf{C}').
# \end{aligned}$$
#
# `W_x`的形状为`(d, 4h)`，`W_h`为`(h, 4h)`，`b`为`(4h,)`。它们的列分为四块，每块`h`列，
# 依次对应输入门、遗忘门、候选记忆元、输出门（即i、f、g、o，与PyTorch和Keras相同）。
# $\sigma$是sigmoid函数。输出门作用于**新的**记忆元。
# 输入大小适中：$e^{\mathbf{A}}$和$e^{-\mathbf{A}}$都不会溢出。
#
# 返回`h_new, c_new`：先是隐状态，后是记忆元，形状都为`(n, h)`，数据类型与输入相同。
# 函数返回后，所有参数必须保持不变。
#
# 请亲手实现：不允许使用`torch.nn.LSTMCell`之类现成的实现。

# %%
def lstm_cell(x, h, c, W_x, W_h, b):
    raise NotImplementedError("lstm_cell")

# %% [markdown]
# ## lstm_forward · 处理序列的长短期记忆网络（6 分）
#
# 长短期记忆网络同样读入序列，并把两个状态从一个时间步传递到下一个时间步。
# `xs`的形状为`(steps, n, d)`，第一维是时间，至少有一个时间步；`h`和`c`的形状都为`(n, h)`，
# 是第一个时间步之前的隐状态和记忆元。`W_x`（`(d, 4h)`）、`W_h`（`(h, 4h)`）和`b`（`(4h,)`）
# 与`lstm_cell`中的相同，在每个时间步都一样：
#
# $$\mathbf{H}_t, \mathbf{C}_t = \mathrm{LSTM}(\mathbf{X}_t, \mathbf{H}_{t-1}, \mathbf{C}_{t-1}),
# \qquad t = 1, \dots, \text{steps}.$$
#
# 返回三个结果`hs, h, c`：每个时间步之后的**隐状态**$\mathbf{H}_1, \dots, \mathbf{H}_\text{steps}$，
# 组成一个形状为`(steps, n, h)`的张量；最后的隐状态$\mathbf{H}_\text{steps}$；
# 最后的记忆元$\mathbf{C}_\text{steps}$。后两者的形状都为`(n, h)`。当权重和偏置全为零时，
# 每个门都是二分之一，候选记忆元都是0：记忆元从4开始，经过两个时间步变为1，
# 隐状态变为$\tanh(1) / 2 \approx 0.381$。
#
# 所有结果的数据类型都与参数相同。可以调用你自己写的`lstm_cell`。与那里一样，输入大小适中。
# 函数返回后，各参数必须保持不变。
#
# 请亲手实现：不允许使用`torch.nn.LSTMCell`之类现成的实现。

# %%
def lstm_forward(xs, h, c, W_x, W_h, b):
    raise NotImplementedError("lstm_forward")

# %% [markdown]
# ## gru_cell · 门控循环单元（8 分）
#
# 长短期记忆网络用两个状态和三个门做的事，门控循环单元（GRU）用一个状态和两个门就能做到：
# *重置门*决定候选隐状态能看到多少旧状态，*更新门*决定保留多少旧状态。
# 给定形状为`(n, d)`的输入`x`和形状为`(n, h)`的隐状态`h`，计算
#
# $$\begin{aligned}
# [\mathbf{X}_r, \mathbf{X}_z, \mathbf{X}_n] &= \mathbf{X} \mathbf{W}_x + \mathbf{b}_x, \qquad
# [\mathbf{H}_r, \mathbf{H}_z, \mathbf{H}_n] = \mathbf{H} \mathbf{W}_h + \mathbf{b}_h, \\
# \mathbf{R} &= \sigma(\mathbf{X}_r + \mathbf{H}_r), \qquad
# \mathbf{Z} = \sigma(\mathbf{X}_z + \mathbf{H}_z), \\
# \mathbf{N} &= \tanh(\mathbf{X}_n + \mathbf{R} \odot \mathbf{H}_n), \\
# \mathbf{H}' &= (1 - \mathbf{Z}) \odot \mathbf{N} + \mathbf{Z} \odot \mathbf{H}.
# \end{aligned}$$
#
# `W_x`的形状为`(d, 3h)`，`W_h`为`(h, 3h)`，`b_x`和`b_h`都为`(3h,)`。它们的列分为三块，每块`h`列，
# 依次对应重置门、更新门、候选隐状态（即r、z、n，与PyTorch相同）。$\sigma$是sigmoid函数。
# 重置门作用于隐状态与权重的**乘积**（包括偏置），而不是相乘之前的隐状态。当权重和偏置全为零时，
# 两个门都是二分之一，候选隐状态为0，于是隐状态0.8变为0.4。
#
# 返回$\mathbf{H}'$，形状为`(n, h)`，数据类型与参数相同。输入大小适中：无论正负，
# 各个和的指数都不会溢出。函数返回后，各参数必须保持不变。
#
# 请亲手实现：不允许使用`torch.nn.GRUCell`、`torch.nn.GRU`、`torch.nn.RNNBase`之类现成的实现。

# %%
def gru_cell(x, h, W_x, W_h, b_x, b_h):
    raise NotImplementedError("gru_cell")

# %% [markdown]
# ## clip_gradients · 梯度裁剪（6 分）
#
# 梯度经过许多时间步之后可能爆炸，沿着这样的梯度走一步就会毁掉模型。*梯度裁剪*保持梯度的方向，
# 只限制它的长度。`grads`是由至少一维、任意形状的张量组成的列表，即所有参数的梯度；
# 它们合起来是一个长向量$\mathbf{g}$，它的范数就是*全局范数*，即所有张量的所有元素的平方和的平方根。
# `theta`是上限$\theta$，为正数：
#
# $$\mathbf{g} \leftarrow \min\left(1, \frac{\theta}{\|\mathbf{g}\|}\right) \mathbf{g}.$$
#
# 因此所有张量都乘以同一个系数。如果范数不超过$\theta$，梯度保持原样；如果梯度全为零，它们仍为零。
# 例如`grads = [[3, 0], [4]]`的范数为$5$：`theta = 1`时梯度变为`[[0.6, 0], [0.8]]`，
# `theta = 6`时什么都不变。平方不会上溢。允许不超过$10^{-5}$的相对误差，
# 例如在范数上加一个很小的数所带来的误差。
#
# `grads`中的张量要*原地*改变。函数不返回任何值。
#
# 请亲手实现：不允许使用`torch.nn.utils.clip_grad_norm_`、`torch.nn.utils.clip_grad_norm`、`torch.nn.utils.clip_grads_with_norm_`之类现成的实现。

# %%
def clip_gradients(grads, theta):
    raise NotImplementedError("clip_gradients")

# %% [markdown]
# ## perplexity · 困惑度（4 分）
#
# 语言模型对一段文本预测得有多好？`nll`的形状为`(n,)`，每个词元一个值，
# 是模型赋给实际出现的词元的概率的负自然对数。返回模型在这段文本上的*困惑度*（perplexity），
# 即这些值的平均值的指数：
#
# $$\exp\left(\frac{1}{n} \sum_{t=1}^{n} \mathrm{nll}_t\right).$$
#
# 可以把它理解为模型在多少个词元之间犹豫：如果模型给十个字符中的每一个都赋以相同的概率，
# 那么每个值都是$\log 10 \approx 2.303$，困惑度为$10$；如果模型总是确信而且正确，困惑度为$1$。
#
# 结果是一个数。文本可能很长：平均值大小适中，但所有概率的乘积可能小到浮点数无法表示。函数返回后，
# `nll`必须保持不变。
#
# 请亲手实现：不允许使用`torchmetrics.text.Perplexity`、`keras_hub.metrics.Perplexity`、`mxnet.metric.Perplexity`之类现成的实现。

# %%
def perplexity(nll):
    raise NotImplementedError("perplexity")

# %% [markdown]
# ## embedding · 嵌入层（4 分）
#
# 网络用向量计算，而单词只是没有大小之分的编号：单词7并不比单词3更大。
# *嵌入层*为每个单词准备一个自己的向量，即矩阵`W`的一行，并按编号查出它们。
# `W`的形状为`(vocab_size, d)`；`indices`中是`0`到`vocab_size - 1`的整数，有些可能出现多次，
# 有些可能不出现。返回每个索引对应的向量：
#
# $$\mathbf{E}_{i, j, \dots} = \mathbf{W}_{\text{indices}_{i, j, \dots}}.$$
#
# `indices`可以是任意形状，也可以没有维度：一批$n$个句子、每句$t$个单词的形状为`(n, t)`，
# 结果在这个形状之后多一维，为`(n, t, d)`。例如`W = [[1, 2], [3, 4], [5, 6]]`时，
# 索引`[2, 0]`变为`[[5, 6], [1, 2]]`。
#
# 结果的数据类型与`W`相同。函数返回后，`indices`和`W`必须保持不变。
#
# 请亲手实现：不允许使用`torch.nn.functional.embedding`、`torch.nn.Embedding`、`torch.embedding`之类现成的实现。

# %%
def embedding(indices, W):
    raise NotImplementedError("embedding")

# %% [markdown]
# ## embedding_backward · 嵌入层的反向传播（6 分）
#
# 嵌入层是怎样学习的？某个网络计算了`embedding(indices, W)`，`dout`是损失关于该结果的梯度：
# `indices`可以是任意形状，`dout`的形状在`indices`的形状之后多一维，长度为$d$。返回关于`W`的梯度，
# 形状为`(vocab_size, d)`。
#
# `W`的一行会出现在结果中其索引所在的每一处，每一处都把自己的那部分梯度加到这一行上：
#
# $$\mathrm{d}\mathbf{W}_v = \sum_{i, j, \dots \,:\, \text{indices}_{i, j, \dots} = v}
# \mathrm{dout}_{i, j, \dots}.$$
#
# 因此，同一个索引出现多次时，对应的各行要**相加**；没有出现的索引，梯度为零。这里不做任何平均。
# 例如`vocab_size = 3`、`indices = [2, 0, 2]`、`dout = [[1], [2], [3]]`时，梯度为`[[2], [0], [4]]`。
#
# `indices`中是`0`到`vocab_size - 1`的整数。结果的数据类型与`dout`相同。函数返回后，
# `dout`和`indices`必须保持不变。
#
# 请亲手实现：不允许使用`torch.autograd.grad`、`torch.ops.aten.embedding*`、`torch.ops.aten.*embedding_bag*`之类现成的实现。

# %%
def embedding_backward(dout, indices, vocab_size):
    raise NotImplementedError("embedding_backward")

# %% [markdown]
# ## skip_gram_loss · 带负采样的跳元模型（7 分）
#
# 跳元模型通过一个简单的问题学习词向量：这个词是否出现在那个词附近？在整个词表上做softmax太慢，
# 因此*负采样*只对真正出现的那个词和$k$个没有出现的噪声词提出这个问题。`center`的形状为`(d,)`，
# 是中心词的向量$\mathbf{v}$；`context`的形状为`(d,)`，是它附近的一个上下文词的向量$\mathbf{u}$；
# `negatives`的形状为`(k, d)`，是噪声词的向量$\mathbf{u}_1, \dots, \mathbf{u}_k$，$k \ge 1$。
# 返回这个样本的损失：
#
# $$-\log \sigma(\mathbf{u}^\top \mathbf{v})
# - \sum_{i=1}^{k} \log \sigma(-\mathbf{u}_i^\top \mathbf{v}), \qquad
# \sigma(s) = \frac{1}{1 + e^{-s}},$$
#
# 其中的对数是自然对数。结果是一个数，是全部$1 + k$个词的损失之和，而不是平均值。
# 如果所有点积都为零，每个词的损失为$\log 2$：有两个噪声词时，损失为$3 \log 2 \approx 2.079$。
#
# 当点积大到$1000$、小到$-1000$时，损失都必须正确且有限。函数返回后，各参数必须保持不变。
#
# 请亲手实现：不允许使用`tensorflow.nn.nce_loss`、`tensorflow.nn.sampled_softmax_loss`、`torchtext.*`之类现成的实现。

# %%
def skip_gram_loss(center, context, negatives):
    raise NotImplementedError("skip_gram_loss")
