# %% [markdown] lang="en"
# Everything in the book stands on a little mathematics: lengths of vectors, derivatives, and
# probabilities. In this assignment you write it down as code, in nine short functions, and learn to
# work on whole tensors at once, which makes everything that follows fast.
#
# Do not seed any random number generator.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %% [markdown] lang="zh"
# 书中的一切都建立在少量数学知识之上：向量的长度、导数和概率。在这次作业中，你将用九个简短的函数把它们
# 写成代码，并学会一次处理整个张量，这会让后面的所有计算都快起来。
#
# 请不要设置任何随机数生成器的种子。
#
# 传入的数组至少有一个元素，并像新建的数组那样在内存中按行存放。如果元素是浮点数，
# 类型就是float32或float64。

# %% [markdown] lang="en" framework="jax"
# JAX draws random numbers from a key, and one key gives the same numbers every time. Where a
# function is to draw anew in each call, make a new key in each call, for example by
# `jax.random.key(np.random.randint(2**31))`.

# %% [markdown] lang="zh" framework="jax"
# JAX用密钥（key）产生随机数，同一个密钥每次都给出同样的数。如果函数每次调用都要重新采样，
# 就在每次调用时生成一个新的密钥，例如`jax.random.key(np.random.randint(2**31))`。

# %%
from collections.abc import Callable

import torch

# %% [markdown] lang="en" exercise="lp_norm"
# How large is a vector? There are many answers, one for each $p \ge 1$. Return the $L_p$ norm of
# `x`,
#
# $$\|\mathbf{x}\|_p = \left( \sum_i |x_i|^p \right)^{1/p},$$
#
# where the sum goes over all entries. `x` is a tensor of any shape, also of a single number; `p` is
# an integer or a float from $1$ to $10$. With $p = 1$ it is the sum of the absolute values, with
# $p = 2$ the length that a ruler would measure.
#
# The result is one number: for `x = [3, -4]` it is $7$ with `p = 1` and $5$ with `p = 2`. No
# $|x_i|^p$ is too large or too small for the dtype of `x`. `x` must be unchanged on return.

# %% [markdown] lang="zh" exercise="lp_norm"
# 一个向量有多大？答案有很多，每个$p \ge 1$都给出一个。返回`x`的$L_p$范数
#
# $$\|\mathbf{x}\|_p = \left( \sum_i |x_i|^p \right)^{1/p},$$
#
# 其中对所有元素求和。`x`是任意形状的张量，也可以只是一个数；`p`是$1$到$10$之间的整数或浮点数。
# $p = 1$时它是绝对值之和，$p = 2$时就是用尺子量出的长度。
#
# 结果是一个数：例如`x = [3, -4]`时，`p = 1`得到$7$，`p = 2`得到$5$。任何$|x_i|^p$都不会超出
# `x`的数据类型所能表示的范围。函数返回后，`x`必须保持不变。

# %% exercise="lp_norm"
def lp_norm(x: torch.Tensor, p: float) -> torch.Tensor:
    """Return the L_p norm of all entries of ``x``, one number."""
    ### BEGIN SOLUTION
    return (x.abs() ** p).sum() ** (1 / p)
    ### END SOLUTION

# %% [markdown] lang="en" exercise="frobenius_norm"
# A matrix has a length, too, as if its entries stood in one long vector. Return the Frobenius norm
# of `A`, which has shape `(m, n)`,
#
# $$\|\mathbf{A}\|_F = \sqrt{\sum_{i=1}^{m} \sum_{j=1}^{n} a_{ij}^2}.$$
#
# The result is one number: for `A = [[1, -2], [2, 4]]` it is $5$. No square is too large or too
# small for the dtype of `A`. `A` must be unchanged on return.

# %% [markdown] lang="zh" exercise="frobenius_norm"
# 矩阵也有长度，就好像把它的所有元素排成一个长向量。`A`的形状为`(m, n)`，返回它的弗罗贝尼乌斯范数
# （Frobenius norm）
#
# $$\|\mathbf{A}\|_F = \sqrt{\sum_{i=1}^{m} \sum_{j=1}^{n} a_{ij}^2}.$$
#
# 结果是一个数：例如`A = [[1, -2], [2, 4]]`时为$5$。任何平方都不会超出`A`的数据类型所能表示的范围。
# 函数返回后，`A`必须保持不变。

# %% exercise="frobenius_norm"
def frobenius_norm(A: torch.Tensor) -> torch.Tensor:
    """Return the Frobenius norm of the matrix ``A``, one number."""
    ### BEGIN SOLUTION
    return (A * A).sum().sqrt()
    ### END SOLUTION

# %% [markdown] lang="en" exercise="numerical_gradient"
# A derivative tells how a function changes when its argument moves a little. So move it and see:
# that needs no formula, and it is how derivatives that were worked out by hand are checked.
#
# `f` is a function that takes a tensor of the shape of `x` and returns one number, as a new tensor
# without axes. Return the central differences
#
# $$g_i = \frac{f(\mathbf{x} + h \, \mathbf{e}_i) - f(\mathbf{x} - h \, \mathbf{e}_i)}{2h}$$
#
# where $\mathbf{x} \pm h \, \mathbf{e}_i$ is `x` with `h` added to, or taken from, entry $i$ alone.
# `h` is a positive number and must be used exactly as it is given, even if another one would come
# closer to the derivative.
#
# `x` has one axis or more and holds float64 numbers; the result has its shape and dtype. For
# $f(\mathbf{x}) = x_1^3$, `x = [1]` and `h = 0.5` the result is `[3.25]`. `x` must be unchanged on
# return, to the last bit.

# %% [markdown] lang="zh" exercise="numerical_gradient"
# 导数描述自变量稍微移动时函数如何变化。那就移动一下，看看结果：这样做不需要任何公式，
# 手工推导出的导数也正是这样检验的。
#
# 函数`f`接受一个与`x`形状相同的张量，返回一个数，即一个没有轴的新张量。返回中心差分
#
# $$g_i = \frac{f(\mathbf{x} + h \, \mathbf{e}_i) - f(\mathbf{x} - h \, \mathbf{e}_i)}{2h},$$
#
# 其中$\mathbf{x} \pm h \, \mathbf{e}_i$是只把`x`的第$i$个元素加上或减去`h`得到的张量。`h`是一个正数，
# 必须原样使用，即使换一个值会更接近导数。
#
# `x`至少有一个轴，元素为float64类型；结果的形状和数据类型与它相同。例如$f(\mathbf{x}) = x_1^3$、
# `x = [1]`、`h = 0.5`时，结果为`[3.25]`。函数返回后，`x`必须保持不变，一个比特也不能差。

# %% exercise="numerical_gradient"
def numerical_gradient(
    f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, h: float = 1e-5
) -> torch.Tensor:
    """Return the central difference of ``f`` at ``x`` for each entry of ``x``."""
    ### BEGIN SOLUTION
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        step = torch.zeros_like(x)
        step.view(-1)[i] = h
        gradient.view(-1)[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
    ### END SOLUTION

# %% [markdown] lang="en" exercise="quadratic_gradient"
# Let the framework differentiate. Return the gradient of
#
# $$y = 2 \, \mathbf{x}^\top \mathbf{x}$$
#
# with respect to `x`, of shape `(d,)` and with floating-point entries. The result has the shape and
# dtype of `x`: for `x = [1, 2]` it is `[4, 8]`. Work it out by hand first, then you know what to
# expect.
#
# `x` must be unchanged on return, and however often the function is called with the same tensor,
# it returns the gradient at the values that stand there now: nothing adds up.

# %% [markdown] lang="zh" exercise="quadratic_gradient"
# 让框架来求导。返回
#
# $$y = 2 \, \mathbf{x}^\top \mathbf{x}$$
#
# 关于`x`的梯度，其中`x`的形状为`(d,)`，元素为浮点数。结果的形状和数据类型与`x`相同：例如
# `x = [1, 2]`时为`[4, 8]`。先手工推导一遍，就知道应该得到什么。
#
# 函数返回后，`x`必须保持不变；无论用同一个张量调用多少次，函数都返回在其当前值处的梯度：
# 不会有任何东西累加起来。

# %% [markdown] lang="en" exercise="quadratic_gradient" framework="numpy"
# NumPy cannot differentiate. Return the gradient that you have worked out by hand.

# %% [markdown] lang="zh" exercise="quadratic_gradient" framework="numpy"
# NumPy不会求导。返回你手工推导出的梯度即可。

# %% [markdown] lang="en" exercise="quadratic_gradient" framework="torch"
# `x` does not require grad, and still does not after the call; nor has it got a `grad`. So
# differentiate with respect to a copy of it.

# %% [markdown] lang="zh" exercise="quadratic_gradient" framework="torch"
# `x`不需要梯度，函数返回之后仍然如此；它也没有得到`grad`。因此请对它的副本求导。

# %% [markdown] lang="en" exercise="quadratic_gradient" framework="tensorflow"
# `x` is a constant: `tf.GradientTape` records what is computed from it only if you ask it to, by
# `watch`.

# %% [markdown] lang="zh" exercise="quadratic_gradient" framework="tensorflow"
# `x`是常量：只有用`watch`要求之后，`tf.GradientTape`才会记录由它计算出的结果。

# %% [markdown] lang="en" exercise="quadratic_gradient" framework="mxnet"
# `x` has no gradient attached (its `grad` is `None`), and still has none after the call. So
# differentiate with respect to a copy of it.

# %% [markdown] lang="zh" exercise="quadratic_gradient" framework="mxnet"
# `x`没有附上梯度（它的`grad`为`None`），函数返回之后仍然如此。因此请对它的副本求导。

# %% exercise="quadratic_gradient"
def quadratic_gradient(x: torch.Tensor) -> torch.Tensor:
    """Return the gradient of ``2 * x @ x`` with respect to ``x``."""
    ### BEGIN SOLUTION
    x = x.detach().clone().requires_grad_(True)
    y = 2 * torch.dot(x, x)
    y.backward()
    return x.grad
    ### END SOLUTION

# %% [markdown] lang="en" exercise="sample_counts"
# Throw a die `n` times and count how often each side comes up. `probs`, of shape `(k,)`, holds the
# probabilities of $k$ outcomes; they are not negative and sum to $1$ up to rounding. Draw `n` times
# from this distribution, each time independently of all others, and return how often each outcome
# came, an array of shape `(k,)`.
#
# The counts are whole numbers, in any numeric dtype, and sum to `n`, which may be $0$. An outcome
# of probability $0$ never comes. $k$ may be $1$. Every call draws anew. For
# `probs = [0.5, 0.5]` and `n = 10` the result may be `[4, 6]`. `probs` must be unchanged on return.

# %% [markdown] lang="zh" exercise="sample_counts"
# 掷`n`次骰子，数一数每一面出现了多少次。`probs`的形状为`(k,)`，是$k$种结果的概率，它们非负，总和在
# 舍入误差内等于$1$。从这个分布中抽取`n`次，每次抽取都与其他各次独立；返回每种结果出现的次数，即一个
# 形状为`(k,)`的数组。
#
# 这些次数都是整数（任何数值数据类型都可以），总和为`n`；`n`可以是$0$。概率为$0$的结果永远不会出现。
# $k$可以是$1$。每次调用都要重新抽样。例如`probs = [0.5, 0.5]`、`n = 10`时，结果可能是`[4, 6]`。
# 函数返回后，`probs`必须保持不变。

# %% exercise="sample_counts"
def sample_counts(probs: torch.Tensor, n: int) -> torch.Tensor:
    """Return how often each outcome came in ``n`` independent draws."""
    ### BEGIN SOLUTION
    ends = probs.double().cumsum(dim=0)
    draws = ends[-1] * torch.rand(n, dtype=ends.dtype, device=ends.device)
    outcomes = torch.searchsorted(ends, draws, right=True)
    return torch.bincount(outcomes, minlength=len(probs))
    ### END SOLUTION

# %% [markdown] lang="en" exercise="posterior"
# What do data tell about hypotheses? Before, hypothesis $H_i$ has the probability $P(H_i)$, its
# prior. The likelihood $P(D \mid H_i)$ is how probable the data $D$ would be if $H_i$ were true.
# Bayes' rule gives the probability after the data were seen, the posterior:
#
# $$P(H_i \mid D) = \frac{P(D \mid H_i) \, P(H_i)}{\sum_{j=1}^{k} P(D \mid H_j) \, P(H_j)}.$$
#
# `prior` and `likelihood` have shape `(k,)` and the same floating-point dtype; the result has both.
# The priors sum to $1$; some may be $0$, and then the posterior is exactly $0$: no data can save a
# hypothesis that was ruled out before. The likelihoods, from $0$ to $1$, need not sum to $1$, and
# all may be as small as $10^{-30}$. Some product of a prior and its likelihood is always above
# $10^{-35}$. The result sums to $1$.
#
# For `prior = [0.5, 0.5]` and `likelihood = [0.3, 0.1]` it is `[0.75, 0.25]`. Both arguments must
# be unchanged on return.

# %% [markdown] lang="zh" exercise="posterior"
# 数据能告诉我们关于假设的什么？在看到数据之前，假设$H_i$的概率为$P(H_i)$，即先验。似然
# $P(D \mid H_i)$是在$H_i$成立的条件下，数据$D$出现的概率。贝叶斯定理给出看到数据之后的概率，即后验：
#
# $$P(H_i \mid D) = \frac{P(D \mid H_i) \, P(H_i)}{\sum_{j=1}^{k} P(D \mid H_j) \, P(H_j)}.$$
#
# `prior`和`likelihood`的形状都是`(k,)`，浮点数据类型相同；结果的形状和数据类型与它们一致。先验之和为
# $1$；其中有的可以是$0$，此时对应的后验恰好为$0$：事先已被排除的假设，什么数据也救不回来。似然的取值
# 从$0$到$1$，其和不必为$1$，并且可能全都小到$10^{-30}$。总有某个先验与其似然的乘积大于$10^{-35}$。
# 结果的总和为$1$。
#
# 例如`prior = [0.5, 0.5]`、`likelihood = [0.3, 0.1]`时，结果为`[0.75, 0.25]`。函数返回后，
# 两个参数都必须保持不变。

# %% exercise="posterior"
def posterior(prior: torch.Tensor, likelihood: torch.Tensor) -> torch.Tensor:
    """Return the probability of each hypothesis after the data were seen."""
    ### BEGIN SOLUTION
    joint = likelihood * prior
    return joint / joint.sum()
    ### END SOLUTION

# %% [markdown] lang="en" exercise="mean_and_variance"
# A random variable $X$ takes the value $x_i$ with probability $p_i$. Return its expectation and its
# variance, in this order:
#
# $$\mu = E[X] = \sum_{i=1}^{k} p_i \, x_i, \qquad
# \mathrm{Var}[X] = E\left[(X - \mu)^2\right] = \sum_{i=1}^{k} p_i \, (x_i - \mu)^2.$$
#
# `values` and `probs` have shape `(k,)` and the same floating-point dtype. The values may come in
# any order, may be negative and may repeat; the probabilities sum to $1$ up to rounding, and some
# may be $0$.
#
# Each result is one number: for `values = [0, 10]` and `probs = [0.8, 0.2]` they are $2$ and $16$.
# Both arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="mean_and_variance"
# 随机变量$X$以概率$p_i$取值$x_i$。依次返回它的期望和方差：
#
# $$\mu = E[X] = \sum_{i=1}^{k} p_i \, x_i, \qquad
# \mathrm{Var}[X] = E\left[(X - \mu)^2\right] = \sum_{i=1}^{k} p_i \, (x_i - \mu)^2.$$
#
# `values`和`probs`的形状都是`(k,)`，浮点数据类型相同。各个值的顺序任意，可以为负，也可以重复；
# 概率之和在舍入误差内等于$1$，其中有的可以是$0$。
#
# 两个结果各是一个数：例如`values = [0, 10]`、`probs = [0.8, 0.2]`时，它们是$2$和$16$。函数返回后，
# 两个参数都必须保持不变。

# %% exercise="mean_and_variance"
def mean_and_variance(
    values: torch.Tensor, probs: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the expectation and the variance of a discrete random variable."""
    ### BEGIN SOLUTION
    mean = (probs * values).sum()
    variance = (probs * (values - mean) ** 2).sum()
    return mean, variance
    ### END SOLUTION

# %% [markdown] lang="en" exercise="add_vectors"
# Return the sum of two vectors,
#
# $$c_i = a_i + b_i.$$
#
# `a` and `b` have shape `(n,)` and the same floating-point dtype; the result has both.
#
# Python is slow, the libraries are not. So **vectorize**: add the vectors as a whole, by operations
# of the library, without handling single entries in Python, be it in a loop, in a comprehension, by
# recursion, by `map` or by lists of numbers. This is judged by the steps that Python takes and the
# objects that it makes: from 100 to 16 000 entries, they may grow by far less than one for each
# entry more. A clock plays no part.
#
# For `a = [1, 2]` and `b = [10, 20]` the result is `[11, 22]`. Both arguments must be unchanged on
# return.

# %% [markdown] lang="zh" exercise="add_vectors"
# 返回两个向量之和
#
# $$c_i = a_i + b_i.$$
#
# `a`和`b`的形状都是`(n,)`，浮点数据类型相同；结果的形状和数据类型与它们一致。
#
# Python很慢，而这些库不慢。因此要**矢量化**：用库的运算把向量作为整体相加，不要在Python中逐个处理元素，
# 无论是用循环、推导式、递归、`map`，还是用由数组成的列表。评判依据是Python执行的步数和创建的对象数：
# 从100个元素到16 000个元素，平均每多一个元素，它们的增量都必须远小于一。与运行时间无关。
#
# 例如`a = [1, 2]`、`b = [10, 20]`时，结果为`[11, 22]`。函数返回后，两个参数都必须保持不变。

# %% exercise="add_vectors"
def add_vectors(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Return the sum of two vectors."""
    ### BEGIN SOLUTION
    return a + b
    ### END SOLUTION

# %% [markdown] lang="en" exercise="pairwise_sum"
# Add every entry of one vector to every entry of another. `a` has shape `(m,)`, `b` has shape
# `(n,)`; return the matrix of shape `(m, n)` with
#
# $$s_{ij} = a_i + b_j.$$
#
# Both hold integers, or both hold floating-point numbers, of the same dtype; the result has it.
# Broadcasting does this without a loop: think of `a` as a column and of `b` as a row.
#
# For `a = [1, 2]` and `b = [10, 20, 30]` the result is `[[11, 21, 31], [12, 22, 32]]`. Both
# arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="pairwise_sum"
# 把一个向量的每个元素与另一个向量的每个元素相加。`a`的形状为`(m,)`，`b`的形状为`(n,)`；返回形状为
# `(m, n)`的矩阵，其中
#
# $$s_{ij} = a_i + b_j.$$
#
# 二者都是整数，或者都是浮点数，数据类型相同；结果的数据类型与它们一致。广播机制无需循环就能做到：
# 把`a`看成一列，把`b`看成一行。
#
# 例如`a = [1, 2]`、`b = [10, 20, 30]`时，结果为`[[11, 21, 31], [12, 22, 32]]`。函数返回后，
# 两个参数都必须保持不变。

# %% exercise="pairwise_sum"
def pairwise_sum(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Return the matrix of the sums of all pairs of entries."""
    ### BEGIN SOLUTION
    return a.reshape(-1, 1) + b
    ### END SOLUTION

# %% [markdown] lang="en" story="sample_counts posterior"
# ## What it was for
#
# A die is thrown a thousand times. Perhaps it is loaded: then a six comes with probability 0.25.
# On the left, the shares of the six sides approach their probabilities (the dotted lines) as there
# are more throws. On the right, what the throws tell: the posterior becomes the next prior, throw
# by throw, from a first suspicion of 1 % that the die is loaded. Throw a fair die instead
# (`thrown = fair`): how long does the suspicion last?

# %% [markdown] lang="zh" story="sample_counts posterior"
# ## 这一切的用处
#
# 把一个骰子掷一千次。它也许被动过手脚：那样的话，六点出现的概率是0.25。左图中，随着次数增多，六个面各自
# 所占的比例逐渐接近它们的概率（虚线）。右图是这些结果告诉我们的：每掷一次，后验就成为下一次的先验，
# 最初只有1 %的怀疑认为骰子被动过手脚。改成掷一个公平的骰子（`thrown = fair`）：怀疑会持续多久？

# %% story="sample_counts posterior" framework="torch"
array = torch.as_tensor

# %% story="sample_counts posterior" framework="numpy mxnet"
array = np.array

# %% story="sample_counts posterior" framework="tensorflow"
array = tf.constant

# %% story="sample_counts posterior" framework="jax"
array = jnp.array

# %% story="sample_counts posterior"
import matplotlib.pyplot as plt

fair, loaded = [1 / 6] * 6, [0.15] * 5 + [0.25]
thrown = loaded
counts, shares, beliefs, belief = [0.0] * 6, [], [], array([0.99, 0.01])
for number in range(1, 1001):
    throw = [float(count) for count in sample_counts(array(thrown), 1)]
    counts = [before + new for before, new in zip(counts, throw, strict=True)]
    shares.append([count / number for count in counts])
    side = throw.index(1)
    belief = posterior(belief, array([fair[side], loaded[side]]))
    beliefs.append(float(belief[1]))
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
for side in range(6):
    left.semilogx(range(1, 1001), [share[side] for share in shares], label=f"{side + 1}")
for probability in set(thrown):
    left.axhline(probability, linestyle=":", color="k")
left.set(xlabel="n", ylabel="sample_counts / n", ylim=(0, 0.6))
left.legend(ncols=3)
right.plot(range(1, 1001), beliefs)
right.set(xlabel="n", ylabel="posterior", ylim=(0, 1))
plt.show()
