# %% [markdown] lang="en"
# Attention lets a model choose what to look at. *Queries* are compared with *keys*, the scores
# become weights that sum to one, and the *values* are averaged by these weights. From this idea
# whole transformers are built, and you write their parts by hand.
#
# Sequences come in batches: `(n, t, d)` are $n$ sequences of $t$ vectors with $d$ entries each.
# The library's softmax may be used; you have written one of your own before.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %% [markdown] lang="zh"
# 注意力让模型选择看哪里：*查询*（query）与*键*（key）相比较，得分变为和为1的权重，再用这些权重
# 对*值*（value）加权平均。Transformer正是由这一想法搭建起来的，本作业中你将亲手实现它的各个部分。
#
# 序列按批量给出：`(n, t, d)`是$n$个序列，每个序列有$t$个向量，每个向量有$d$个元素。
# 可以使用框架自带的softmax，你此前已经亲手写过一个。
#
# 传入的数组至少有一个元素，并像新建的数组那样在内存中按行存放。如果元素是浮点数，
# 类型就是float32或float64。

# %%
import torch

# %% [markdown] lang="en" exercise="masked_softmax"
# Sequences of one batch have different lengths, and the short ones are filled up. Attention must
# not look at the filling. So return the softmax of each row of scores over its first $L$ entries
# only, and weights of zero behind them:
#
# $$w_j = \begin{cases} \dfrac{\exp(x_j)}{\sum_{l=1}^{L} \exp(x_l)} & \text{if } j \le L, \\
# 0 & \text{otherwise.} \end{cases}$$
#
# `X` has shape `(n, q, k)`: for each of $n$ sequences, $q$ queries with a row of $k$ scores each.
# `valid_lens` holds integers from `1` to `k`. If its shape is `(n,)`, it has one length for all
# rows of a sequence; if its shape is `(n, q)`, it has one for each row. For the row
# `[0, 0, 9]` and the length `2` the weights are `[0.5, 0.5, 0]`.
#
# Scores are between $-50$ and $50$. The result has the shape and dtype of `X`. `X` and `valid_lens`
# must be unchanged on return.

# %% [markdown] lang="zh" exercise="masked_softmax"
# 同一批量中的序列长短不一，较短的序列要用填充补齐，而注意力不应该看到这些填充。因此，请只对每一行
# 得分的前$L$个元素做softmax运算，其后的权重都为零，返回其结果：
#
# $$w_j = \begin{cases} \dfrac{\exp(x_j)}{\sum_{l=1}^{L} \exp(x_l)} & \text{如果 } j \le L, \\
# 0 & \text{否则。} \end{cases}$$
#
# `X`的形状为`(n, q, k)`：$n$个序列，每个序列有$q$个查询，每个查询对应一行$k$个得分。`valid_lens`中
# 是`1`到`k`的整数，即有效长度。如果它的形状为`(n,)`，一个序列的所有行共用一个长度；如果形状
# 为`(n, q)`，每一行都有自己的长度。例如一行得分为`[0, 0, 9]`、长度为`2`时，权重为`[0.5, 0.5, 0]`。
#
# 得分都在$-50$和$50$之间。结果的形状和数据类型与`X`相同。函数返回后，`X`和`valid_lens`必须保持不
# 变。


# %% exercise="masked_softmax"
def masked_softmax(X, valid_lens):
    ### BEGIN SOLUTION
    lens = valid_lens.reshape(len(X), -1, 1)  # (n, 1, 1) or (n, q, 1)
    behind = torch.arange(X.shape[2]) >= lens
    return torch.softmax(X.masked_fill(behind, -torch.inf), dim=2)
    ### END SOLUTION


# %% [markdown] lang="en" exercise="dot_product_attention"
# Compute scaled dot-product attention. The more a query resembles a key, the more of that key's
# value it gets:
#
# $$\mathrm{softmax}\left(\frac{\mathbf{Q} \mathbf{K}^\top}{\sqrt{d}}\right) \mathbf{V},$$
#
# for each of the $n$ sequences on its own; the softmax is taken over the keys. Dot products of $d$
# random terms grow like $\sqrt{d}$, and dividing by it keeps the softmax from becoming all too
# sure.
#
# `Q` has shape `(n, q, d)`, `K` has `(n, k, d)` and `V` has `(n, k, v)`: there are $q$ queries and
# $k$ keys of the same length $d$, and a value of length $v$ for each key. Any of these may be $1$,
# and any may be equal. The result has shape `(n, q, v)` and the dtype of the arguments.
#
# `mask` is `None`, or booleans of shape `(n, q, k)`: a query may attend to a key where the mask is
# `True`; where it is `False`, the weight is zero, however large the score. If a query may attend to
# no key at all, its row of the result may have any values, but they must be finite.
#
# With a single query `[2]`, keys `[1]` and `[0]` and values `[10]` and `[0]`, the weights are about
# $0.881$ and $0.119$, and the result is about `[8.81]`. The result must be right and finite for
# scores, after scaling, as large as $1000$ and as small as $-1000$. All arguments must be unchanged
# on return.

# %% [markdown] lang="zh" exercise="dot_product_attention"
# 计算缩放点积注意力。查询与某个键越相似，该键对应的值在结果中所占的份额就越大：
#
# $$\mathrm{softmax}\left(\frac{\mathbf{Q} \mathbf{K}^\top}{\sqrt{d}}\right) \mathbf{V},$$
#
# $n$个序列各自计算，互不相干；softmax运算沿着键的方向进行。$d$个随机项的点积随$\sqrt{d}$增大，
# 除以$\sqrt{d}$可以避免softmax的结果过于极端。
#
# `Q`的形状为`(n, q, d)`，`K`为`(n, k, d)`，`V`为`(n, k, v)`：有$q$个查询和$k$个键，它们的长度同为
# $d$；每个键对应一个长度为$v$的值。这些大小都可能为$1$，也可能相等。结果的形状为`(n, q, v)`，
# 数据类型与参数相同。
#
# `mask`为`None`，或者是形状为`(n, q, k)`的布尔张量：掩码为`True`处，查询可以关注该键；为`False`处，
# 无论得分多大，权重都为零。如果一个查询不能关注任何键，结果中它对应的那一行可以是任意值，但必须有
# 限。
#
# 例如只有一个查询`[2]`，键为`[1]`和`[0]`，值为`[10]`和`[0]`，则权重约为$0.881$和$0.119$，
# 结果约为`[8.81]`。当缩放后的得分大到$1000$、小到$-1000$时，结果都必须正确且有限。函数返回后，
# 所有参数必须保持不变。


# %% exercise="dot_product_attention"
def dot_product_attention(Q, K, V, mask=None):
    ### BEGIN SOLUTION
    scores = Q @ K.transpose(1, 2) / K.shape[2] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    return torch.softmax(scores, dim=2) @ V
    ### END SOLUTION

# %% [markdown] lang="en" story="masked_softmax dot_product_attention"
# ## Where attention looks
#
# These are weights of attention, one row for each query: bright is where it looks. On the left, two
# sentences of a batch, the second of which has three words, filled up to six: your `masked_softmax`
# gives the filling nothing. Then, 40 moments in time. Their queries and keys are waves of
# several lengths, as in the positional encodings of transformers, so each moment resembles its
# neighbours; with a mask, it may look back only. If the values are the rows of an identity matrix,
# your `dot_product_attention` returns the weights themselves. If they are noisy measurements, as on
# the right, it returns their weighted means: what is left is the curve behind the noise.

# %% [markdown] lang="zh" story="masked_softmax dot_product_attention"
# ## 注意力看向哪里
#
# 下面是注意力的权重，每个查询占一行：越亮的地方，它看得越多。左边两幅图是一个批量中的两个句子，
# 第二句只有三个单词，填充到了六个：你的`masked_softmax`给填充的权重为零。第三幅图有40个时刻，
# 其查询和键是几种波长的波，就像Transformer中的位置编码，因此每个时刻都与相邻的时刻相似；
# 加上掩码之后，它只能往回看。当值是单位矩阵的各行时，你的`dot_product_attention`返回的就是权重本身；
# 当值是带噪声的测量值时，如最右图所示，它返回它们的加权平均：噪声之下的曲线就显现出来了。

# %% story="masked_softmax dot_product_attention" framework="torch"
import numpy

array, as_numpy = torch.as_tensor, numpy.asarray

# %% story="masked_softmax dot_product_attention" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray

# %% story="masked_softmax dot_product_attention" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray

# %% story="masked_softmax dot_product_attention" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray

# %% story="masked_softmax dot_product_attention" framework="mxnet"
import numpy

array = np.array


def as_numpy(x):
    return x.asnumpy() if hasattr(x, "asnumpy") else numpy.asarray(x)

# %% story="masked_softmax dot_product_attention"
import matplotlib.pyplot as plt

rng = numpy.random.default_rng(0)
scores = 1.5 * rng.normal(size=(2, 6, 6))
sentences = as_numpy(masked_softmax(array(scores), array(numpy.array([6, 3]))))
moments = numpy.arange(40)
phases = numpy.outer(moments, 0.4 / 2 ** numpy.arange(4))
waves = 2.5 * numpy.concatenate([numpy.sin(phases), numpy.cos(phases)], axis=1)[None]
back = array(numpy.tril(numpy.ones((1, 40, 40))) > 0)
measured = numpy.sin(moments / 6) + 0.4 * rng.normal(size=40)


def attend(values, *mask):
    return as_numpy(dot_product_attention(*(array(part) for part in (waves, waves, values)), *mask))


looks_back = attend(numpy.eye(40)[None], back)[0]
smooth = attend(measured.reshape(1, 40, 1))[0, :, 0]
figure = plt.figure(figsize=(11, 3.2), layout="constrained")
places = figure.subplot_mosaic("abcdd")
for letter, weights in zip("abc", (*sentences, looks_back), strict=True):
    places[letter].imshow(weights, cmap="viridis", vmin=0)
    places[letter].set(xlabel="key", ylabel="query")
for letter, title in zip("abc", ("6 words", "3 words", "looking back"), strict=True):
    places[letter].set(title=title)
places["d"].plot(moments, measured, "o", color="0.6", label="values")
places["d"].plot(moments, smooth, label="attention")
places["d"].plot(moments, numpy.sin(moments / 6), "k:", label="without noise")
places["d"].set(xlabel="time", ylabel="value")
places["d"].legend()
plt.show()

# %% [markdown] lang="en" exercise="multi_head_attention"
# One attention gives one average. To look at several things at once, *multi-head attention* runs
# $h$ of them side by side, each on a part of the features of its own. Here queries, keys and values
# all come from the same `X` (*self-attention*):
#
# $$\mathbf{Q} = \mathbf{X} \mathbf{W}_q, \quad \mathbf{K} = \mathbf{X} \mathbf{W}_k, \quad
# \mathbf{V} = \mathbf{X} \mathbf{W}_v.$$
#
# Head $i = 0, \dots, h - 1$ owns the columns $i \cdot d/h$ to $(i + 1) \cdot d/h - 1$ of
# $\mathbf{Q}$, $\mathbf{K}$ and $\mathbf{V}$. It computes scaled dot-product attention on them, in
# which each position may attend to all positions of its sequence, and scales by $\sqrt{d/h}$, the
# square root of the length of *its* keys. The results of the heads are put side by side again, in
# the same columns, and multiplied by the output weights:
#
# $$[\mathbf{H}_0, \dots, \mathbf{H}_{h-1}] \, \mathbf{W}_o.$$
#
# `X` has shape `(n, t, d)`, and each of the weights has shape `(d, d)`; there are no biases.
# `num_heads` is $h$, and it divides $d$; it may be $1$ or $d$. With $d = 4$ and two heads, the
# first one owns columns 0 and 1, the second one columns 2 and 3. The result has shape `(n, t, d)`
# and the dtype of the arguments.
#
# Your `dot_product_attention` may be called. All arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="multi_head_attention"
# 一次注意力只给出一个加权平均。为了同时关注多个方面，*多头注意力*并行地运行$h$个注意力，每个头只处
# 理属于自己的那部分特征。这里的查询、键和值都来自同一个`X`，即*自注意力*：
#
# $$\mathbf{Q} = \mathbf{X} \mathbf{W}_q, \quad \mathbf{K} = \mathbf{X} \mathbf{W}_k, \quad
# \mathbf{V} = \mathbf{X} \mathbf{W}_v.$$
#
# 第$i = 0, \dots, h - 1$个头拥有$\mathbf{Q}$、$\mathbf{K}$和$\mathbf{V}$的第$i \cdot d/h$列到
# 第$(i + 1) \cdot d/h - 1$列。它在这些列上计算缩放点积注意力，每个位置都可以关注所在序列的所有位
# 置；缩放时除以$\sqrt{d/h}$，即*该头的*键的长度的平方根。各个头的结果按原来的列重新并排放在一起，
# 再乘以输出权重：
#
# $$[\mathbf{H}_0, \dots, \mathbf{H}_{h-1}] \, \mathbf{W}_o.$$
#
# `X`的形状为`(n, t, d)`，各权重的形状都为`(d, d)`，没有偏置。`num_heads`即$h$，它整除$d$，可能
# 为$1$，也可能为$d$。例如$d = 4$且有两个头时，第一个头拥有第0、1列，第二个头拥有第2、3列。结果的形
# 状为`(n, t, d)`，数据类型与参数相同。
#
# 可以调用你自己写的`dot_product_attention`。函数返回后，所有参数必须保持不变。


# %% exercise="multi_head_attention"
def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    ### BEGIN SOLUTION
    n, t, d = X.shape

    def heads(Y):  # a sequence for each head: (n * num_heads, t, d / num_heads)
        return Y.reshape(n, t, num_heads, -1).transpose(1, 2).flatten(0, 1)

    H = dot_product_attention(heads(X @ W_q), heads(X @ W_k), heads(X @ W_v))
    H = H.reshape(n, num_heads, t, -1).transpose(1, 2).reshape(n, t, d)
    return H @ W_o
    ### END SOLUTION


# %% [markdown] lang="en" exercise="layer_norm"
# Deep networks train better if the numbers between their layers keep a steady size. *Layer
# normalization* gives each vector a mean of 0 and a variance of 1, by itself and without a look at
# the rest of the batch, and then lets the network choose another scale and shift:
#
# $$y_j = \gamma_j \cdot \frac{x_j - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta_j, \qquad
# \mu = \frac{1}{d} \sum_{j=1}^{d} x_j, \qquad
# \sigma^2 = \frac{1}{d} \sum_{j=1}^{d} (x_j - \mu)^2.$$
#
# `X` has one axis or more; the vectors lie along the last one, which has size $d$. `gamma` and
# `beta` have shape `(d,)`. `eps` is $\epsilon$, a number that may be as large as $1$: it stands
# under the root, and it keeps a vector whose entries are all equal from being divided by zero. For
# `X = [1, 3]`, `gamma = [1, 1]`, `beta = [0, 5]` and a tiny `eps` the result is `[-1, 6]`.
#
# The result has the shape and dtype of `X`. All arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="layer_norm"
# 如果各层之间的数值大小保持稳定，深层网络就更容易训练。*层规范化*使每个向量的均值为0、方差为1，
# 它只看这个向量自己，不看批量中的其他向量；然后再让网络自行选择缩放和偏移：
#
# $$y_j = \gamma_j \cdot \frac{x_j - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta_j, \qquad
# \mu = \frac{1}{d} \sum_{j=1}^{d} x_j, \qquad
# \sigma^2 = \frac{1}{d} \sum_{j=1}^{d} (x_j - \mu)^2.$$
#
# `X`至少有一个轴，每个向量沿着最后一个轴，该轴的大小为$d$。`gamma`和`beta`的形状为`(d,)`。`eps`即
# $\epsilon$，最大可以为$1$；它在根号之内，这样即使一个向量的元素全都相等，除数也不为零。例如`X = [1, 3]`、
# `gamma = [1, 1]`、`beta = [0, 5]`且`eps`极小时，结果为`[-1, 6]`。
#
# 结果的形状和数据类型与`X`相同。函数返回后，所有参数必须保持不变。


# %% exercise="layer_norm"
def layer_norm(X, gamma, beta, eps=1e-5):
    ### BEGIN SOLUTION
    centred = X - X.mean(dim=-1, keepdim=True)
    variance = (centred**2).mean(dim=-1, keepdim=True)
    return gamma * centred / torch.sqrt(variance + eps) + beta
    ### END SOLUTION

# %% [markdown] lang="en" story="multi_head_attention layer_norm"
# ## A pile of layers
#
# A transformer is a pile of layers like yours: each adds to its input what attention makes of it.
# Here are 24 of them, with random weights, and a sentence of ten words. On the left, the size of
# the numbers from layer to layer: without your `layer_norm` they explode, and nothing could be
# trained; with it, they keep their size. On the right, one word has been changed a little, the
# first. The brighter, the more a word differs from before, compared with the others of its layer:
# your attention tells all of them, layer by layer.

# %% [markdown] lang="zh" story="multi_head_attention layer_norm"
# ## 层层堆叠
#
# Transformer就是由你写的这样的层堆叠而成的：每一层把注意力的结果加到自己的输入上。
# 这里有24层，权重是随机的，输入是一个有十个单词的句子。左图是各层中数值的大小：
# 没有你的`layer_norm`，数值会爆炸，根本无法训练；有了它，数值的大小保持不变。
# 右图中，第一个单词被改动了一点。与同一层的其他单词相比，越亮的单词改变越大：
# 消息通过你的注意力一层一层地传给所有其他单词。

# %% story="multi_head_attention layer_norm" framework="torch"
import numpy

array, as_numpy = torch.as_tensor, numpy.asarray

# %% story="multi_head_attention layer_norm" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray

# %% story="multi_head_attention layer_norm" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray

# %% story="multi_head_attention layer_norm" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray

# %% story="multi_head_attention layer_norm" framework="mxnet"
import numpy

array = np.array


def as_numpy(x):
    return x.asnumpy() if hasattr(x, "asnumpy") else numpy.asarray(x)

# %% story="multi_head_attention layer_norm"
import matplotlib.pyplot as plt

rng = numpy.random.default_rng(0)
words = rng.normal(size=(1, 10, 16))
changed = words.copy()
changed[0, 0] += 0.1 * rng.normal(size=16)
layers = [[array(0.4 * rng.normal(size=(16, 16))) for _ in range(4)] for _ in range(24)]
ones, zeros = array(numpy.ones(16)), array(numpy.zeros(16))


def through(sentence, is_normed):
    states = [sentence]
    for weights in layers:
        state = array(states[-1] + as_numpy(multi_head_attention(array(states[-1]), *weights, 4)))
        states.append(as_numpy(layer_norm(state, ones, zeros) if is_normed else state))
    return numpy.concatenate(states)


with_norm, without = through(words, True), through(words, False)
news = numpy.linalg.norm(through(changed, True) - with_norm, axis=2)
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
left.semilogy(without.std(axis=(1, 2)), "--", label="without layer_norm")
left.semilogy(with_norm.std(axis=(1, 2)), label="with layer_norm")
left.set(xlabel="layer", ylabel="standard deviation")
left.legend()
news = news[:8] / news[:8].max(axis=1, keepdims=True)
shades = right.imshow(news.T, cmap="viridis", aspect="auto")
right.set(xlabel="layer", ylabel="word")
figure.colorbar(shades, label="change / largest of the layer")
plt.show()
