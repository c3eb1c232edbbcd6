# %% [markdown]
# # 预备知识

# %% [markdown]
# 书中的一切都建立在少量数学知识之上：向量的长度、导数和概率。在这次作业中，你将用九个简短的函数把它们
# 写成代码，并学会一次处理整个张量，这会让后面的所有计算都快起来。
#
# 请不要设置任何随机数生成器的种子。
#
# 传入的张量至少有一个元素，并像新建的张量那样在内存中按行存放。如果元素是浮点数，
# 类型就是float32或float64。

# %%
# framework: torch
from collections.abc import Callable

import torch

# %% [markdown]
# ## lp_norm · 向量的范数（5 分）
#
# 一个向量有多大？答案有很多，每个$p \ge 1$都给出一个。返回`x`的$L_p$范数
#
# $$\|\mathbf{x}\|_p = \left( \sum_i |x_i|^p \right)^{1/p},$$
#
# 其中对所有元素求和。`x`是任意形状的张量，也可以只是一个数；`p`是$1$到$10$之间的整数或浮点数。
# $p = 1$时它是绝对值之和，$p = 2$时就是用尺子量出的长度。
#
# 结果是一个数：例如`x = [3, -4]`时，`p = 1`得到$7$，`p = 2`得到$5$。任何$|x_i|^p$都不会超出
# `x`的数据类型所能表示的范围。函数返回后，`x`必须保持不变。
#
# 请亲手实现：不允许使用`torch.norm`、`torch.linalg.vector_norm`、`torch.Tensor.norm`之类现成的实现。

# %%
def lp_norm(x: torch.Tensor, p: float) -> torch.Tensor:
    """Return the L_p norm of all entries of ``x``, one number."""
    raise NotImplementedError("lp_norm")

# %% [markdown]
# ## frobenius_norm · 弗罗贝尼乌斯范数（4 分）
#
# 矩阵也有长度，就好像把它的所有元素排成一个长向量。`A`的形状为`(m, n)`，返回它的弗罗贝尼乌斯范数
# （Frobenius norm）
#
# $$\|\mathbf{A}\|_F = \sqrt{\sum_{i=1}^{m} \sum_{j=1}^{n} a_{ij}^2}.$$
#
# 结果是一个数：例如`A = [[1, -2], [2, 4]]`时为$5$。任何平方都不会超出`A`的数据类型所能表示的范围。
# 函数返回后，`A`必须保持不变。
#
# 请亲手实现：不允许使用`torch.norm`、`torch.linalg.vector_norm`、`torch.Tensor.norm`之类现成的实现。

# %%
def frobenius_norm(A: torch.Tensor) -> torch.Tensor:
    """Return the Frobenius norm of the matrix ``A``, one number."""
    raise NotImplementedError("frobenius_norm")

# %% [markdown]
# ## numerical_gradient · 数值梯度（7 分）
#
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
#
# 请亲手实现：不允许使用`torch.autograd.grad`、`scipy.optimize.approx_fprime`、`scipy.differentiate.*`之类现成的实现。

# %%
def numerical_gradient(
    f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, h: float = 1e-5
) -> torch.Tensor:
    """Return the central difference of ``f`` at ``x`` for each entry of ``x``."""
    raise NotImplementedError("numerical_gradient")

# %% [markdown]
# ## quadratic_gradient · 自动微分（5 分）
#
# 让框架来求导。返回
#
# $$y = 2 \, \mathbf{x}^\top \mathbf{x}$$
#
# 关于`x`的梯度，其中`x`的形状为`(d,)`，元素为浮点数。结果的形状和数据类型与`x`相同：例如
# `x = [1, 2]`时为`[4, 8]`。先手工推导一遍，就知道应该得到什么。
#
# 函数返回后，`x`必须保持不变；无论用同一个张量调用多少次，函数都返回在其当前值处的梯度：
# 不会有任何东西累加起来。
#
# `x`不需要梯度，函数返回之后仍然如此；它也没有得到`grad`。因此请对它的副本求导。

# %%
def quadratic_gradient(x: torch.Tensor) -> torch.Tensor:
    """Return the gradient of ``2 * x @ x`` with respect to ``x``."""
    raise NotImplementedError("quadratic_gradient")

# %% [markdown]
# ## sample_counts · 掷骰子（8 分）
#
# 掷`n`次骰子，数一数每一面出现了多少次。`probs`的形状为`(k,)`，是$k$种结果的概率，它们非负，总和在
# 舍入误差内等于$1$。从这个分布中抽取`n`次，每次抽取都与其他各次独立；返回每种结果出现的次数，即一个
# 形状为`(k,)`的张量。
#
# 这些次数都是整数（任何数值数据类型都可以），总和为`n`；`n`可以是$0$。概率为$0$的结果永远不会出现。
# $k$可以是$1$。每次调用都要重新抽样。例如`probs = [0.5, 0.5]`、`n = 10`时，结果可能是`[4, 6]`。
# 函数返回后，`probs`必须保持不变。
#
# 请亲手实现：不允许使用`torch.distributions.Multinomial`、`torch.distributions.multinomial.Multinomial`、`numpy.random.multinomial`之类现成的实现。

# %%
def sample_counts(probs: torch.Tensor, n: int) -> torch.Tensor:
    """Return how often each outcome came in ``n`` independent draws."""
    raise NotImplementedError("sample_counts")

# %% [markdown]
# ## posterior · 贝叶斯定理（5 分）
#
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

# %%
def posterior(prior: torch.Tensor, likelihood: torch.Tensor) -> torch.Tensor:
    """Return the probability of each hypothesis after the data were seen."""
    raise NotImplementedError("posterior")

# %% [markdown]
# ## mean_and_variance · 期望和方差（5 分）
#
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
#
# 请亲手实现：不允许使用`torch.cov`、`torch.Tensor.cov`、`torch.ops.aten.cov`之类现成的实现。

# %%
def mean_and_variance(
    values: torch.Tensor, probs: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the expectation and the variance of a discrete random variable."""
    raise NotImplementedError("mean_and_variance")

# %% [markdown]
# ## add_vectors · 矢量化（5 分）
#
# 返回两个向量之和
#
# $$c_i = a_i + b_i.$$
#
# `a`和`b`的形状都是`(n,)`，浮点数据类型相同；结果的形状和数据类型与它们一致。
#
# Python很慢，而这些库不慢。因此要**矢量化**：用库的运算把向量作为整体相加，不要在Python中逐个处理元素，
# 无论是用循环、推导式、递归、`map`，还是用由张量成的列表。评判依据是Python执行的步数和创建的对象数：
# 从100个元素到16 000个元素，平均每多一个元素，它们的增量都必须远小于一。与运行时间无关。
#
# 例如`a = [1, 2]`、`b = [10, 20]`时，结果为`[11, 22]`。函数返回后，两个参数都必须保持不变。

# %%
def add_vectors(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Return the sum of two vectors."""
    raise NotImplementedError("add_vectors")

# %% [markdown]
# ## pairwise_sum · 广播机制（4 分）
#
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
#
# 请亲手实现：不允许使用`torch.combinations`、`numpy.add.outer`、`jax.numpy.add.outer`之类现成的实现。

# %%
def pairwise_sum(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Return the matrix of the sums of all pairs of entries."""
    raise NotImplementedError("pairwise_sum")
