# %% [markdown]
# # 注意力

# %% [markdown]
# 注意力让模型选择看哪里：*查询*（query）与*键*（key）相比较，得分变为和为1的权重，再用这些权重
# 对*值*（value）加权平均。Transformer正是由这一想法搭建起来的，本作业中你将亲手实现它的各个部分。
#
# 序列按批量给出：`(n, t, d)`是$n$个序列，每个序列有$t$个向量，每个向量有$d$个元素。
# 可以使用框架自带的softmax，你此前已经亲手写过一个。
#
# 传入的张量至少有一个元素，并像新建的张量那样在内存中按行存放。如果元素是浮点数，
# 类型就是float32或float64。

# %%
# framework: tensorflow
import tensorflow as tf

# %% [markdown]
# ## masked_softmax · 掩蔽softmax（6 分）
#
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
#
# 请亲手实现：不允许使用`torch.masked.softmax`、`torch.masked.log_softmax`、`torch.masked.softmin`之类现成的实现。

# %%
def masked_softmax(X, valid_lens):
    raise NotImplementedError("masked_softmax")

# %% [markdown]
# ## dot_product_attention · 缩放点积注意力（9 分）
#
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
#
# 请亲手实现：不允许使用`keras.layers.Attention`、`keras.layers.*Attention`、`keras.ops.dot_product_attention`之类现成的实现。

# %%
def dot_product_attention(Q, K, V, mask=None):
    raise NotImplementedError("dot_product_attention")

# %% [markdown]
# ## multi_head_attention · 多头注意力（9 分）
#
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
#
# 请亲手实现：不允许使用`keras.layers.MultiHeadAttention`、`keras.layers.*Attention`、`keras.ops.dot_product_attention`之类现成的实现。

# %%
def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    raise NotImplementedError("multi_head_attention")

# %% [markdown]
# ## layer_norm · 层规范化（6 分）
#
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
#
# 请亲手实现：不允许使用`keras.layers.LayerNormalization`、`tensorflow.keras.layers.LayerNormalization`、`tensorflow.keras.layers.GroupNormalization`之类现成的实现。

# %%
def layer_norm(X, gamma, beta, eps=1e-5):
    raise NotImplementedError("layer_norm")
