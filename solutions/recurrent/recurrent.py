# %% [markdown] lang="en"
# A recurrent neural network reads a sequence one step at a time and carries a state from each
# step to the next. You write such steps by hand, and what belongs to them in a model of language:
# counts of words, vectors for words, and measures of how well a text is predicted.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %% [markdown] lang="zh"
# 循环神经网络每次读入序列的一个时间步，并把状态从一个时间步传递到下一个时间步。
# 本作业中你将亲手实现这样的计算，以及语言模型中与之相关的部分：词的计数、词的向量，
# 以及衡量文本预测得有多好的指标。
#
# 传入的数组至少有一个元素，并像新建的数组那样在内存中按行存放。如果元素是浮点数，
# 类型就是float32或float64。

# %%
import math
from collections import Counter

import torch

# %% [markdown] lang="en" exercise="ngram_counts"
# The simplest language models just count. An *n-gram* is a run of `n` tokens that follow each other
# directly. Count them: `tokens` is a list of strings, in the order of the text, and `n` is $1$ or
# more. Return a mapping (a `dict`, a `Counter`, ...) from each n-gram that occurs, as a tuple of
# `n` strings, to the number of places where it begins. Runs may overlap:
#
# $$\text{count}(w_1, \dots, w_n) = \bigl|\{\, t :
# (\text{tokens}_t, \dots, \text{tokens}_{t + n - 1}) = (w_1, \dots, w_n) \,\}\bigr|.$$
#
# Keys are tuples also for `n = 1`. What does not occur may be left out or have the count 0; if the
# text has fewer than `n` tokens, there is nothing to count. For `["a", "b", "a", "b"]` and `n = 2`
# the counts are 2 for `("a", "b")` and 1 for `("b", "a")`.
#
# Tokens are any strings, with spaces, empty, or of one letter in upper or lower case: they differ
# as strings do.

# %% [markdown] lang="zh" exercise="ngram_counts"
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


# %% exercise="ngram_counts"
def ngram_counts(tokens, n):
    ### BEGIN SOLUTION
    # the list beside itself moved by 1, ..., n - 1; zip ends with the shortest
    return Counter(zip(*(tokens[i:] for i in range(n)), strict=False))
    ### END SOLUTION


# %% [markdown] lang="en" exercise="bigram_log_probability"
# How probable is a sentence? A bigram model looks back one token only: it multiplies the
# probability of the first token by that of each other one, given the token before. Return the
# natural logarithm of
#
# $$P(w_1, \dots, w_T) = P(w_1) \prod_{t=2}^{T} P(w_t \mid w_{t-1}),$$
#
# with probabilities that are counted in a `corpus`, without smoothing:
#
# $$P(w) = \frac{\text{count}(w)}{\text{number of tokens in the corpus}}, \qquad
# P(w' \mid w) = \frac{\text{count}(w, w')}{\text{count}(w)}.$$
#
# `tokens` ($T \ge 1$) and `corpus` are lists of strings in the order of the text, neither of them
# empty. $\text{count}(w)$ counts a token wherever it stands in the corpus, at its end, too;
# $\text{count}(w, w')$ counts where $w'$ follows $w$ directly. In the corpus `["a", "b", "a", "c"]`
# the sentence `["a", "b"]` has the probability $\frac{2}{4} \cdot \frac{1}{2}$, so that the result
# is $\log 0.25 \approx -1.386$.
#
# The result is one number. Whatever the corpus has never seen, a token or two of them in a row,
# makes the probability zero, and the result is $-\infty$ (`-math.inf`) and no exception. A sentence
# may be so long that its probability is too small for a float; its logarithm is not. Your
# `ngram_counts` may be called.

# %% [markdown] lang="zh" exercise="bigram_log_probability"
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


# %% exercise="bigram_log_probability"
def bigram_log_probability(tokens, corpus):
    ### BEGIN SOLUTION
    single, pairs = ngram_counts(corpus, 1), ngram_counts(corpus, 2)
    chances = [single[tokens[0],] / len(corpus)]
    for a, b in zip(tokens, tokens[1:], strict=False):
        chances.append(pairs[a, b] / single[a,] if pairs[a, b] else 0)
    return sum(math.log(p) if p > 0 else -math.inf for p in chances)
    ### END SOLUTION

# %% [markdown] lang="en" story="ngram_counts bigram_log_probability"
# ## What counting knows
#
# This is the beginning of *The Time Machine* by H. G. Wells, letter by letter. On the left, how
# often its n-grams occur, from the most frequent to the rarest: a few are everywhere, most occur
# once, and the longer they are, the more so. In the middle, the probability of each letter after
# each other one: bright is likely. On the right, all orders of the letters of *time* that this text
# makes possible, the likeliest at the top, by the logarithm of their probability. Above the
# pictures, a text that was drawn letter by letter from your bigrams: can you pronounce it?

# %% [markdown] lang="zh" story="ngram_counts bigram_log_probability"
# ## 计数知道什么
#
# 这是威尔斯（H. G. Wells）的小说《时光机器》（*The Time Machine*）的开头，以字母为词元。
# 左图是各个n元语法出现的次数，从最常见的到最罕见的：少数几个随处可见，大多数只出现一次，n越大越是如此。
# 中图是一个字母之后出现各个字母的概率，越亮越大。右图是*time*这四个字母的各种排列，
# 只画出按这段文本概率不为零的，横轴是概率的对数，越靠上越可能。
# 图的上方是按你的二元语法逐个字母抽样得到的文本：能读出来吗？

# %% story="ngram_counts bigram_log_probability"
from itertools import permutations

import matplotlib.pyplot as plt
import numpy

text = (
    "the time traveller for so it will be convenient to speak of him was expounding a recondite "
    "matter to us his grey eyes shone and twinkled and his usually pale face was flushed and "
    "animated the fire burned brightly and the soft radiance of the incandescent lights in the "
    "lilies of silver caught the bubbles that flashed and passed in our glasses our chairs being "
    "his patents embraced and caressed us rather than submitted to be sat upon and there was that "
    "luxurious after dinner atmosphere when thought roams gracefully free of the trammels of "
    "precision and he put it to us in this way marking the points with a lean forefinger as we sat "
    "and lazily admired his earnestness over this new paradox as we thought it and his fecundity "
    "you must follow me carefully i shall have to controvert one or two ideas that are almost "
    "universally accepted the geometry for instance they taught you at school is founded on a "
    "misconception is not that rather a large thing to expect us to begin upon said filby an "
    "argumentative person with red hair "
)
letters = sorted(set(text))
pairs = ngram_counts(list(text), 2)
table = numpy.array([[pairs.get((a, b), 0) for b in letters] for a in letters])
table = table / table.sum(axis=1, keepdims=True)
rng, drawn = numpy.random.default_rng(6), " "
while len(drawn) < 80:
    drawn += rng.choice(letters, p=table[letters.index(drawn[-1])])
orders = {"".join(order) for order in permutations("time")}
chances = {order: float(bigram_log_probability(list(order), list(text))) for order in orders}
possible = sorted((order for order in orders if chances[order] > -numpy.inf), key=chances.get)
ranked = {n: sorted(ngram_counts(list(text), n).values(), reverse=True) for n in (1, 2, 3, 4)}
figure, places = plt.subplots(1, 3, figsize=(11, 4), layout="constrained")
figure.suptitle(drawn, family="monospace")
for (n, counts), style in zip(ranked.items(), ("-", "--", "-.", ":"), strict=True):
    places[0].loglog(range(1, len(counts) + 1), counts, style, label=f"n = {n}")
places[0].set(xlabel="rank", ylabel="count")
places[0].legend()
shades = places[1].imshow(table, cmap="viridis")
figure.colorbar(shades, ax=places[1], label="probability", shrink=0.8)
ticks = [letter.replace(" ", "_") for letter in letters]
places[1].set_xticks(range(len(letters)), ticks, fontsize=6)
places[1].set_yticks(range(len(letters)), ticks, fontsize=6)
places[1].set(xlabel="next letter", ylabel="letter")
places[2].plot([chances[order] for order in possible], possible, "o")
places[2].grid(alpha=0.3)
places[2].set(xlabel="log-probability")
plt.show()

# %% [markdown] lang="en" exercise="rnn_step"
# A recurrent network reads one input per time step. What it has read so far, it carries along in a
# *hidden state*. Compute one step: from the input `x` of shape `(n, d)`, which holds the same time
# step of $n$ sequences, and their hidden states `h` of shape `(n, h)`, return the new ones,
#
# $$\mathbf{H}' = \tanh(\mathbf{X} \mathbf{W}_{xh} + \mathbf{H} \mathbf{W}_{hh} + \mathbf{b}_h).$$
#
# `W_xh` has shape `(d, h)`, `W_hh` has shape `(h, h)` and `b_h` has shape `(h,)`. All of them may
# be of any size, one example and one unit, too. With `x = [[1]]`, `h = [[0.5]]`, `W_xh = [[0.3]]`,
# `W_hh = [[0.4]]` and `b_h = [0.1]` the new state is $[[\tanh 0.6]] \approx [[0.537]]$.
#
# The result has shape `(n, h)` and the dtype of the arguments. You may use the library's $\tanh$;
# if you write your own, $e^{2a}$ and $e^{-2a}$ do not overflow for any sum $a$. The arguments must
# be unchanged on return.

# %% [markdown] lang="zh" exercise="rnn_step"
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


# %% exercise="rnn_step"
def rnn_step(x, h, W_xh, W_hh, b_h):
    ### BEGIN SOLUTION
    return torch.tanh(x @ W_xh + h @ W_hh + b_h)
    ### END SOLUTION


# %% [markdown] lang="en" exercise="rnn_forward"
# Now read whole sequences: the same layer, with the same weights, at every time step, each time
# from the state that the step before has left. `xs` has shape `(steps, n, d)`, time first: `xs[t]`
# is the input of time step $t$, and there is at least one. `h`, of shape `(n, h)`, is the state
# before the first step, $\mathbf{H}_0$. With the weights of `rnn_step`,
#
# $$\mathbf{H}_t = \tanh(\mathbf{X}_t \mathbf{W}_{xh} + \mathbf{H}_{t-1} \mathbf{W}_{hh}
# + \mathbf{b}_h), \qquad t = 1, \dots, \text{steps}.$$
#
# Return the pair `hs, h`: first the states after each step,
# $\mathbf{H}_1, \dots, \mathbf{H}_\text{steps}$, as one tensor of shape `(steps, n, h)`, then the
# last of them once more, of shape `(n, h)`. $\mathbf{H}_0$ is not among them. With `h = [[0]]`,
# `W_xh = [[1]]`, `W_hh = [[1]]`, `b_h = [0]` and an input of 1 and then 0, the two states are
# $\tanh 1 \approx 0.762$ and $\tanh 0.762 \approx 0.642$.
#
# Both results have the dtype of the arguments. Your `rnn_step` may be called. The arguments must be
# unchanged on return.

# %% [markdown] lang="zh" exercise="rnn_forward"
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


# %% exercise="rnn_forward"
def rnn_forward(xs, h, W_xh, W_hh, b_h):
    ### BEGIN SOLUTION
    hs = []
    for x in xs:
        h = rnn_step(x, h, W_xh, W_hh, b_h)
        hs.append(h)
    return torch.stack(hs), h
    ### END SOLUTION

# %% [markdown] lang="en" story="rnn_step rnn_forward"
# ## A network that remembers
#
# A single value of this curve does not say how it goes on: that depends on what came before, and
# your hidden state keeps it. The weights here are random and stay so. Your `rnn_forward` reads 300
# time steps, and least squares finds how to read the next value off the state. Then the network is
# on its own: with `rnn_step`, each prediction becomes the next input. On the right, some of its
# hidden units while it reads: each answers the curve in its own way.

# %% [markdown] lang="zh" story="rnn_step rnn_forward"
# ## 有记忆的网络
#
# 只看这条曲线上的一个值，无法知道它接下来怎么走：这取决于之前的值，而你的隐状态记住了它们。
# 这里的权重是随机的，并且一直不变。你的`rnn_forward`读入300个时间步，
# 再用最小二乘法找出怎样从隐状态得到下一个值。此后网络全靠自己：用`rnn_step`，每次的预测成为下一个输入。
# 右图是读入过程中的几个隐藏单元，它们各以自己的方式响应这条曲线。

# %% story="rnn_step rnn_forward" framework="torch"
import numpy

array, as_numpy = torch.as_tensor, numpy.asarray

# %% story="rnn_step rnn_forward" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray

# %% story="rnn_step rnn_forward" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray

# %% story="rnn_step rnn_forward" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray

# %% story="rnn_step rnn_forward" framework="mxnet"
import numpy

array = np.array


def as_numpy(x):
    return x.asnumpy() if hasattr(x, "asnumpy") else numpy.asarray(x)

# %% story="rnn_step rnn_forward"
import matplotlib.pyplot as plt

rng = numpy.random.default_rng(1)
moments = numpy.arange(421)
curve = 0.6 * numpy.sin(moments / 3) + 0.4 * numpy.sin(moments / 7.3)
W_hh = rng.normal(size=(100, 100))
W_hh *= 0.95 / abs(numpy.linalg.eigvals(W_hh)).max()  # so that the past fades
W_xh, b_h = 0.3 * rng.normal(size=(1, 100)), 0.2 * rng.normal(size=100)
weights = [array(part) for part in (W_xh, W_hh, b_h)]
inputs, start = curve[:300].reshape(300, 1, 1), numpy.zeros((1, 100))
hs, h = rnn_forward(array(inputs), array(start), *weights)
states = as_numpy(hs)[:, 0].astype(float)
known = states[50:]  # by then, the beginning is forgotten
read_off = numpy.linalg.solve(known.T @ known + 1e-5 * numpy.eye(100), known.T @ curve[51:301])
written = []
for _ in range(120):
    written.append((as_numpy(h) @ read_off).item())
    h = rnn_step(array(numpy.array([[written[-1]]])), h, *weights)
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.2), layout="constrained")
left.plot(moments[220:], curve[220:], ":", color="k", label="the curve", zorder=3)
left.plot(moments[220:300], curve[220:300], color="C0", label="read")
left.plot(moments[300:420], written, color="C1", label="written by the network")
left.set(xlabel="time step", ylabel="value", ylim=(-1.2, 1.6))
left.legend(ncols=3)
right.plot(moments[220:300], states[220:, :5])
right.set(xlabel="time step", ylabel="hidden units")
plt.show()

# %% [markdown] lang="en" exercise="lstm_cell"
# Compute one time step of a long short-term memory (LSTM) network. From the input `x` of shape
# `(n, d)`, the hidden state `h` and the cell state `c`, both `(n, h)`, compute
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
# `W_x` is `(d, 4h)`, `W_h` is `(h, 4h)` and `b` is `(4h,)`. Their columns hold four blocks of
# `h` columns each, in the order input gate, forget gate, candidate, output gate (i, f, g, o, as
# in PyTorch and Keras). $\sigma$ is the logistic sigmoid. The output gate acts on the **new** cell
# state. Inputs are moderate: neither $e^{\mathbf{A}}$ nor $e^{-\mathbf{A}}$ overflows.
#
# Return the pair `h_new, c_new`: first the hidden state, then the cell state, both `(n, h)` and
# of the dtype of the inputs. All arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="lstm_cell"
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


# %% exercise="lstm_cell"
def lstm_cell(x, h, c, W_x, W_h, b):
    ### BEGIN SOLUTION
    i, f, g, o = (x @ W_x + h @ W_h + b).chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h_new = torch.sigmoid(o) * torch.tanh(c_new)
    return h_new, c_new
    ### END SOLUTION


# %% [markdown] lang="en" exercise="lstm_forward"
# An LSTM reads sequences, too, and carries two states from step to step. `xs` has shape
# `(steps, n, d)`, time first, with at least one time step; `h` and `c`, both `(n, h)`, are the
# hidden state and the cell state before the first step. `W_x` `(d, 4h)`, `W_h` `(h, 4h)` and `b`
# `(4h,)` are those of `lstm_cell`, the same in every step:
#
# $$\mathbf{H}_t, \mathbf{C}_t = \mathrm{LSTM}(\mathbf{X}_t, \mathbf{H}_{t-1}, \mathbf{C}_{t-1}),
# \qquad t = 1, \dots, \text{steps}.$$
#
# Return three results, `hs, h, c`: the **hidden** states after each step,
# $\mathbf{H}_1, \dots, \mathbf{H}_\text{steps}$, as one tensor of shape `(steps, n, h)`; the last
# hidden state $\mathbf{H}_\text{steps}$; the last cell state $\mathbf{C}_\text{steps}$, both
# `(n, h)`. With all weights and biases zero, every gate is one half and every candidate is 0: from
# a cell state of 4, two steps leave a cell state of 1 and a hidden state of
# $\tanh(1) / 2 \approx 0.381$.
#
# All results have the dtype of the arguments. Your `lstm_cell` may be called. Inputs are moderate,
# as there. The arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="lstm_forward"
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


# %% exercise="lstm_forward"
def lstm_forward(xs, h, c, W_x, W_h, b):
    ### BEGIN SOLUTION
    hs = []
    for x in xs:
        h, c = lstm_cell(x, h, c, W_x, W_h, b)
        hs.append(h)
    return torch.stack(hs), h, c
    ### END SOLUTION


# %% [markdown] lang="en" exercise="gru_cell"
# A gated recurrent unit (GRU) does with one state and two gates what an LSTM does with two states
# and three gates: the *reset gate* decides how much of the old state the candidate sees, the
# *update gate* how much of it stays. From the input `x` of shape `(n, d)` and the hidden state `h`
# of shape `(n, h)`, compute
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
# `W_x` is `(d, 3h)`, `W_h` is `(h, 3h)`, and `b_x` and `b_h` are `(3h,)`. Their columns hold three
# blocks of `h` columns each, in the order reset gate, update gate, candidate (r, z, n, as in
# PyTorch). $\sigma$ is the logistic sigmoid. The reset gate acts on the **product** with the
# weights, its bias included, and not on the state before it is multiplied. With all weights and
# biases zero, both gates are one half and the candidate is 0, so that a state of 0.8 becomes 0.4.
#
# Return $\mathbf{H}'$, of shape `(n, h)` and the dtype of the arguments. Inputs are moderate: the
# exponential of neither sum overflows, whatever its sign. The arguments must be unchanged on
# return.

# %% [markdown] lang="zh" exercise="gru_cell"
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


# %% exercise="gru_cell"
def gru_cell(x, h, W_x, W_h, b_x, b_h):
    ### BEGIN SOLUTION
    x_r, x_z, x_n = (x @ W_x + b_x).chunk(3, dim=1)
    h_r, h_z, h_n = (h @ W_h + b_h).chunk(3, dim=1)
    r = torch.sigmoid(x_r + h_r)
    z = torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    return (1 - z) * n + z * h
    ### END SOLUTION


# %% [markdown] lang="en" exercise="clip_gradients"
# Gradients that pass through many time steps can explode, and one step along them would ruin the
# model. *Gradient clipping* keeps their direction and limits their length. `grads` is a list of
# tensors of any shapes with one axis or more, the gradients of all parameters; together they are
# one long vector $\mathbf{g}$, whose norm is the *global norm*, the root of the sum of the squares
# of all entries of all tensors. With the limit $\theta$ = `theta`, a positive number,
#
# $$\mathbf{g} \leftarrow \min\left(1, \frac{\theta}{\|\mathbf{g}\|}\right) \mathbf{g}.$$
#
# So all tensors are scaled by the same factor. If the norm is $\theta$ or less, the gradients stay
# as they are, and where all of them are zero, they stay zero. For `grads = [[3, 0], [4]]` the norm
# is $5$: with `theta = 1` they become `[[0.6, 0], [0.8]]`, with `theta = 6` nothing changes.
# Squares do not overflow. A relative error of up to $10^{-5}$ is accepted, as from a small number
# added to the norm.

# %% [markdown] lang="zh" exercise="clip_gradients"
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

# %% [markdown] lang="en" exercise="clip_gradients" framework="numpy torch mxnet"
# The tensors in `grads` are changed *in place*. Return nothing.

# %% [markdown] lang="zh" exercise="clip_gradients" framework="numpy torch mxnet"
# `grads`中的张量要*原地*改变。函数不返回任何值。

# %% [markdown] lang="en" exercise="clip_gradients" framework="tensorflow"
# The tensors in `grads` are variables (`tf.Variable`), which are changed *in place* by `assign`.
# Return nothing.

# %% [markdown] lang="zh" exercise="clip_gradients" framework="tensorflow"
# `grads`中的张量都是变量（`tf.Variable`），要用`assign`*原地*改变。函数不返回任何值。

# %% [markdown] lang="en" exercise="clip_gradients" framework="jax"
# Arrays of JAX never change: return the list of the new gradients, in the order of `grads`.

# %% [markdown] lang="zh" exercise="clip_gradients" framework="jax"
# JAX的数组是不可变的：按`grads`的顺序返回由新梯度组成的列表。


# %% exercise="clip_gradients"
def clip_gradients(grads, theta):
    ### BEGIN SOLUTION
    norm = torch.sqrt(sum((grad**2).sum() for grad in grads))
    if norm > theta:
        for grad in grads:
            grad *= theta / norm
    ### END SOLUTION


# %% [markdown] lang="en" exercise="perplexity"
# How well does a language model predict a text? `nll` has shape `(n,)` and holds one value per
# token, the negative natural logarithm of the probability that the model gave to the token that
# came. Return the model's *perplexity* on this text, the exponential of their mean:
#
# $$\exp\left(\frac{1}{n} \sum_{t=1}^{n} \mathrm{nll}_t\right).$$
#
# Think of it as the number of tokens that the model hesitates between: for one that gives each of
# ten characters the same probability, every value is $\log 10 \approx 2.303$ and the perplexity is
# $10$; for one that is always certain and right, it is $1$.
#
# The result is one number. A text may be long: the mean is moderate, but the product of all
# probabilities may be too small for a float. `nll` must be unchanged on return.

# %% [markdown] lang="zh" exercise="perplexity"
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


# %% exercise="perplexity"
def perplexity(nll):
    ### BEGIN SOLUTION
    return torch.exp(nll.mean())
    ### END SOLUTION


# %% [markdown] lang="en" exercise="embedding"
# A network computes with vectors, but words come as numbers without size: word 7 is not more than
# word 3. An *embedding layer* gives each word a vector of its own, a row of the matrix `W`, and
# looks them up. `W` has shape `(vocab_size, d)`, and `indices` holds integers from `0` to
# `vocab_size - 1`; some may come more than once, others not at all. Return their vectors, one for
# each index:
#
# $$\mathbf{E}_{i, j, \dots} = \mathbf{W}_{\text{indices}_{i, j, \dots}}.$$
#
# `indices` may have any shape, no axis, too: a batch of $n$ sentences of $t$ words has shape
# `(n, t)`, and the result has that shape with one more axis, `(n, t, d)`. With
# `W = [[1, 2], [3, 4], [5, 6]]`, the indices `[2, 0]` become `[[5, 6], [1, 2]]`.
#
# The result has the dtype of `W`. `indices` and `W` must be unchanged on return.

# %% [markdown] lang="zh" exercise="embedding"
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


# %% exercise="embedding"
def embedding(indices, W):
    ### BEGIN SOLUTION
    return W[indices]
    ### END SOLUTION


# %% [markdown] lang="en" exercise="embedding_backward"
# How does an embedding layer learn? A network computed `embedding(indices, W)`, and `dout` is the
# gradient of its loss with respect to that result: it has the shape of `indices`, which is any,
# with one more axis of length $d$. Return the gradient with respect to `W`, of shape
# `(vocab_size, d)`.
#
# A row of `W` got into the result wherever its index stood, and each of these places adds its part
# of the gradient to that row:
#
# $$\mathrm{d}\mathbf{W}_v = \sum_{i, j, \dots \,:\, \text{indices}_{i, j, \dots} = v}
# \mathrm{dout}_{i, j, \dots}.$$
#
# So the rows of an index that comes more than once **add up**, and where an index does not come,
# the gradient is zero. Nothing is averaged. With `vocab_size = 3`, `indices = [2, 0, 2]` and
# `dout = [[1], [2], [3]]` the gradient is `[[2], [0], [4]]`.
#
# `indices` holds integers from `0` to `vocab_size - 1`. The result has the dtype of `dout`. `dout`
# and `indices` must be unchanged on return.

# %% [markdown] lang="zh" exercise="embedding_backward"
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


# %% exercise="embedding_backward"
def embedding_backward(dout, indices, vocab_size):
    ### BEGIN SOLUTION
    dW = dout.new_zeros(vocab_size, dout.shape[-1])
    return dW.index_add(0, indices.reshape(-1), dout.reshape(-1, dout.shape[-1]))
    ### END SOLUTION


# %% [markdown] lang="en" exercise="skip_gram_loss"
# The skip-gram model learns word vectors from a simple question: does this word stand near that
# one? A softmax over the whole vocabulary would be slow, so *negative sampling* asks it for the
# word that does, and for $k$ noise words that do not. `center`, of shape `(d,)`, is the vector
# $\mathbf{v}$ of the center word; `context`, of shape `(d,)`, the vector $\mathbf{u}$ of a word
# that stands near it; `negatives`, of shape `(k, d)`, the vectors
# $\mathbf{u}_1, \dots, \mathbf{u}_k$ of noise words, $k \ge 1$. Return the loss of this example,
#
# $$-\log \sigma(\mathbf{u}^\top \mathbf{v})
# - \sum_{i=1}^{k} \log \sigma(-\mathbf{u}_i^\top \mathbf{v}), \qquad
# \sigma(s) = \frac{1}{1 + e^{-s}},$$
#
# with natural logarithms. It is one number, the sum over all $1 + k$ words and not their mean. If
# all products are zero, each word costs $\log 2$: with two noise words the loss is
# $3 \log 2 \approx 2.079$.
#
# The loss must be right and finite for products as large as $1000$ and as small as $-1000$. The
# arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="skip_gram_loss"
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


# %% exercise="skip_gram_loss"
def skip_gram_loss(center, context, negatives):
    ### BEGIN SOLUTION
    scores = torch.cat([(context @ center)[None], -(negatives @ center)])
    # -log sigmoid(s) = log(1 + exp(-s)) = log(exp(0) + exp(-s))
    return torch.logaddexp(torch.zeros_like(scores), -scores).sum()
    ### END SOLUTION

# %% [markdown] lang="en" story="ngram_counts clip_gradients perplexity embedding embedding_backward"
# ## Learning what counting knows
#
# The same text as above. Each letter now has a vector of its own, your `embedding`, whose softmax
# is the probability of the next letter. At first, all letters are as likely: a *perplexity* of 25
# means that the model is as unsure as if it chose among 25. Training by your gradients brings it
# down, step by step, close to what the counts of bigrams reach, which no model that sees only one
# letter can beat. On the right, the norm of the gradient, before and after your `clip_gradients`.

# %% [markdown] lang="zh" story="ngram_counts clip_gradients perplexity embedding embedding_backward"
# ## 学会计数所知道的
#
# 还是上面那段文本。现在每个字母都有自己的向量，即你的`embedding`，它的softmax就是下一个字母的概率。
# 起初所有字母的概率都一样：*困惑度*为25，表示模型毫无把握，就像在25个字母中随便猜一个。
# 用你写的梯度训练，困惑度一步步降低，逐渐接近二元语法的计数所达到的水平；
# 任何只看一个字母的模型都不可能比它更好。右图是梯度的范数，包括经过你的`clip_gradients`之前和之后。

# %% story="ngram_counts clip_gradients perplexity embedding embedding_backward" framework="torch"
import numpy

array, as_numpy = torch.as_tensor, numpy.asarray
variable = torch.tensor


def clipped(grads, theta):
    clip_gradients(grads, theta)
    return grads

# %% story="ngram_counts clip_gradients perplexity embedding embedding_backward" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray
variable = np.array


def clipped(grads, theta):
    clip_gradients(grads, theta)
    return grads

# %% story="ngram_counts clip_gradients perplexity embedding embedding_backward" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray
variable = tf.Variable


def clipped(grads, theta):
    clip_gradients(grads, theta)
    return grads

# %% story="ngram_counts clip_gradients perplexity embedding embedding_backward" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray
variable, clipped = jnp.array, clip_gradients

# %% story="ngram_counts clip_gradients perplexity embedding embedding_backward" framework="mxnet"
import numpy

array = np.array


def as_numpy(x):
    return x.asnumpy() if hasattr(x, "asnumpy") else numpy.asarray(x)
variable = np.array


def clipped(grads, theta):
    clip_gradients(grads, theta)
    return grads

# %% story="ngram_counts clip_gradients perplexity embedding embedding_backward"
import matplotlib.pyplot as plt

codes = numpy.searchsorted(letters, list(text))
given, following = codes[:-1], codes[1:]
size, places_read = len(letters), numpy.arange(len(given))
single, pairs = ngram_counts(list(text[:-1]), 1), ngram_counts(list(text), 2)
counted = [-numpy.log(pairs[a, b] / single[a,]) for a, b in zip(text, text[1:], strict=False)]
least = float(perplexity(array(numpy.array(counted))))
W, learned, norms = numpy.zeros((size, size)), [], []
for _ in range(40):
    scores = as_numpy(embedding(array(given), array(W)))
    chances = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    nll = -numpy.log(chances[places_read, following])
    learned.append(float(perplexity(array(nll))))
    dscores = (chances - numpy.eye(size)[following]) / len(given)
    dW = as_numpy(embedding_backward(array(dscores), array(given), size))
    (short,) = clipped([variable(dW)], 0.05)
    norms.append((numpy.linalg.norm(dW), numpy.linalg.norm(as_numpy(short))))
    W = W - 70 * as_numpy(short)
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
left.plot(learned, label="embedding")
left.axhline(least, linestyle=":", color="k", label="counts of bigrams")
left.set(xlabel="step", ylabel="perplexity", ylim=0)
left.legend()
right.plot([norm[0] for norm in norms], "--", label="gradient")
right.plot([norm[1] for norm in norms], label="after clip_gradients")
right.set(xlabel="step", ylabel="norm", ylim=0)
right.legend()
plt.show()
