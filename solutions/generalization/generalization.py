# %% [markdown] lang="en"
# A model that knows its training data by heart is of no use: what counts is data that it has not
# seen. It *generalizes* if it does well there, too. In this assignment you write what helps it to:
# penalties and dropout, which keep it from believing every detail; ways to prepare data, and to
# judge a model by data that were held back; and weights that let it begin well.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %% [markdown] lang="zh"
# 把训练数据背下来的模型没有用处：重要的是它没有见过的数据。如果模型在这样的数据上也表现良好，
# 就说它能够*泛化*。本次作业将实现有助于泛化的各种技术：惩罚项和暂退法，使模型不轻信每个细节；
# 准备数据的方法，以及用留出的数据评价模型的方法；还有让训练有个好开端的初始权重。
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
import torch

# %% [markdown] lang="en" exercise="l2_penalty"
# A model with large weights can bend to single examples. Weight decay makes large weights
# expensive: a multiple of a penalty is added to the loss. Return this penalty, half the squared
# $L_2$ norm of the weights,
#
# $$\frac{1}{2} \|\mathbf{w}\|_2^2 = \frac{1}{2} \sum_j w_j^2,$$
#
# where the sum goes over all entries. The half makes its gradient simple: it is $\mathbf{w}$.
#
# `w` is a tensor of any shape: weights of linear regression are `(d, 1)`, those of a layer a
# matrix. The result is one number: for `w = [3, -4]` it is $12.5$. `w` must be unchanged on return.

# %% [markdown] lang="zh" exercise="l2_penalty"
# 权重很大的模型可能会迁就个别样本。权重衰减让大的权重付出代价：在损失中加上惩罚项的若干倍。
# 返回这个惩罚项，即权重的$L_2$范数的平方的一半：
#
# $$\frac{1}{2} \|\mathbf{w}\|_2^2 = \frac{1}{2} \sum_j w_j^2,$$
#
# 其中对所有元素求和。乘以二分之一是为了让梯度简单：它就是$\mathbf{w}$。
#
# `w`是任意形状的张量：线性回归的权重形状为`(d, 1)`，一个层的权重是矩阵。结果是一个数：
# 例如`w = [3, -4]`时为$12.5$。函数返回后，`w`必须保持不变。

# %% exercise="l2_penalty"
def l2_penalty(w: torch.Tensor) -> torch.Tensor:
    """Return half the squared norm of ``w``, one number."""
    ### BEGIN SOLUTION
    return (w * w).sum() / 2
    ### END SOLUTION

# %% [markdown] lang="en" exercise="l1_penalty"
# Squares hardly punish weights that are small already. The $L_1$ penalty does: every weight costs
# as much as it is large, so that unimportant ones become exactly zero, and what is left is a
# selection of features. Return the sum of the absolute values of all entries of `w`,
#
# $$\|\mathbf{w}\|_1 = \sum_j |w_j|.$$
#
# `w` is a tensor of any shape. The result is one number: for `w = [3, -4]` it is $7$. `w` must be
# unchanged on return.

# %% [markdown] lang="zh" exercise="l1_penalty"
# 对于已经很小的权重，平方惩罚几乎不起作用。$L_1$惩罚则不然：每个权重的代价等于它的绝对值，因此不
# 重要的权重会恰好变为零，剩下的就是选出来的特征。返回`w`的所有元素的绝对值之和：
#
# $$\|\mathbf{w}\|_1 = \sum_j |w_j|.$$
#
# `w`是任意形状的张量。结果是一个数：例如`w = [3, -4]`时为$7$。函数返回后，`w`必须保持不变。

# %% exercise="l1_penalty"
def l1_penalty(w: torch.Tensor) -> torch.Tensor:
    """Return the sum of the absolute values of ``w``, one number."""
    ### BEGIN SOLUTION
    return w.abs().sum()
    ### END SOLUTION

# %% [markdown] lang="en" exercise="weight_decay_step"
# Take one step of minibatch stochastic gradient descent with weight decay. `params` is a list of
# arrays of any shapes with one axis or more, `grads` the list of the gradients of the loss,
# `grads[i]` with the shape of `params[i]`. They are **summed** over the `batch_size` examples of a
# minibatch, while the step follows their mean. The penalty
# $\frac{\lambda}{2} \|\mathbf{p}\|^2$ is no part of that loss: its gradient, $\lambda \mathbf{p}$,
# is added here, and is not averaged:
#
# $$\mathbf{p} \leftarrow \mathbf{p} - \eta \left( \frac{1}{|\mathcal{B}|} \, \mathbf{g}
# + \lambda \, \mathbf{p} \right)$$
#
# with the learning rate $\eta$ = `lr`, $|\mathcal{B}|$ = `batch_size` and $\lambda$ = `wd`, which
# may be 0. On the right, $\mathbf{p}$ is the value before the step. Every parameter decays, biases
# too. For `p = 1`, `g = 4`, `lr = 0.1`, `batch_size = 2` and `wd = 0.5` the new value is $0.75$.
# The gradients must be unchanged on return.

# %% [markdown] lang="zh" exercise="weight_decay_step"
# 执行一步带权重衰减的小批量随机梯度下降。`params`是由至少一维、任意形状的数组组成的列表，
# `grads`是损失关于它们的梯度组成的列表，`grads[i]`与`params[i]`的形状相同。这些梯度是对小批量中
# `batch_size`个样本**求和**得到的，而更新要按平均梯度进行。惩罚项
# $\frac{\lambda}{2} \|\mathbf{p}\|^2$不包含在该损失中：它的梯度$\lambda \mathbf{p}$在这里加上，
# 并且不做平均：
#
# $$\mathbf{p} \leftarrow \mathbf{p} - \eta \left( \frac{1}{|\mathcal{B}|} \, \mathbf{g}
# + \lambda \, \mathbf{p} \right),$$
#
# 其中学习率$\eta$为`lr`，$|\mathcal{B}|$为`batch_size`，$\lambda$为`wd`（可以为0）。右边的
# $\mathbf{p}$是更新之前的值。每个参数都要衰减，偏置也不例外。例如`p = 1`、`g = 4`、`lr = 0.1`、
# `batch_size = 2`、`wd = 0.5`时，新的值为$0.75$。函数返回后梯度必须保持不变。

# %% [markdown] lang="en" exercise="weight_decay_step" framework="numpy torch"
# Every array in `params` is changed *in place*; what the function returns does not matter.

# %% [markdown] lang="zh" exercise="weight_decay_step" framework="numpy torch"
# `params`中的每个数组都要*原地*更新；函数返回什么都可以。

# %% [markdown] lang="en" exercise="weight_decay_step" framework="tensorflow"
# The tensors in `params` are variables (`tf.Variable`). Every one is changed *in place*, by
# `assign` or `assign_sub`; `p = p - …` would only make a new tensor. What the function returns does
# not matter.

# %% [markdown] lang="zh" exercise="weight_decay_step" framework="tensorflow"
# `params`中的张量都是变量（`tf.Variable`）。每个变量都要用`assign`或`assign_sub`*原地*更新；
# 写成`p = p - …`只会得到一个新的张量。函数返回什么都可以。

# %% [markdown] lang="en" exercise="weight_decay_step" framework="jax"
# Arrays of JAX never change, so the step makes new ones: return the list of the new parameters, in
# the order of `params`.

# %% [markdown] lang="zh" exercise="weight_decay_step" framework="jax"
# JAX的数组是不可变的，因此要生成新的数组：按`params`的顺序返回由新参数组成的列表。

# %% [markdown] lang="en" exercise="weight_decay_step" framework="mxnet"
# Every array in `params` is changed *in place* (`p[:] = …`); what the function returns does not
# matter.

# %% [markdown] lang="zh" exercise="weight_decay_step" framework="mxnet"
# `params`中的每个数组都要*原地*更新（`p[:] = …`）；函数返回什么都可以。

# %% exercise="weight_decay_step"
def weight_decay_step(
    params: list[torch.Tensor], grads: list[torch.Tensor], lr: float, batch_size: int, wd: float
):
    """Take one step, with decay, of every parameter in ``params``."""
    ### BEGIN SOLUTION
    for param, grad in zip(params, grads, strict=True):
        param -= lr * (grad / batch_size + wd * param)
    ### END SOLUTION

# %% [markdown] lang="en" story="l2_penalty weight_decay_step"
# ## Forgetting what is not needed
#
# Here are 20 examples and 100 features, each of which matters a little. A linear model of so many
# weights learns the training data by heart. Your steps train it three times, with more and more
# weight decay. Dashed is the loss on the training data, solid that on data which the model has not
# seen: without decay it hardly falls, because the weights keep what chance has given them in the
# directions of which the training data say nothing. On the right, your penalty of the weights.

# %% [markdown] lang="zh" story="l2_penalty weight_decay_step"
# ## 忘掉不需要的东西
#
# 这里有20个样本、100个特征，每个特征只起一点作用。有这么多权重的线性模型会把训练数据背下来。
# 下面用你写的更新训练三次，权重衰减一次比一次强。虚线是训练数据上的损失，
# 实线是模型没有见过的数据上的损失：没有权重衰减时，它几乎不下降，因为在训练数据没有涉及的方向上，
# 权重一直保留着随机的初始值。右图是用你的函数算出的权重的惩罚。

# %% story="l2_penalty weight_decay_step" framework="torch"
import numpy

array, as_numpy = torch.as_tensor, numpy.asarray
variable = torch.tensor


def stepped(params, *rest):
    weight_decay_step(params, *rest)
    return params

# %% story="l2_penalty weight_decay_step" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray
variable = np.array


def stepped(params, *rest):
    weight_decay_step(params, *rest)
    return params

# %% story="l2_penalty weight_decay_step" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray
variable = tf.Variable


def stepped(params, *rest):
    weight_decay_step(params, *rest)
    return params

# %% story="l2_penalty weight_decay_step" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray
variable, stepped = jnp.array, weight_decay_step

# %% story="l2_penalty weight_decay_step" framework="mxnet"
import numpy

array = np.array


def as_numpy(x):
    return x.asnumpy() if hasattr(x, "asnumpy") else numpy.asarray(x)
variable = np.array


def stepped(params, *rest):
    weight_decay_step(params, *rest)
    return params

# %% story="l2_penalty weight_decay_step"
import matplotlib.pyplot as plt

rng = numpy.random.default_rng(1)
X = rng.normal(size=(120, 100))
y = 0.05 + 0.01 * X.sum(axis=1, keepdims=True) + 0.01 * rng.normal(size=(120, 1))
start = rng.normal(size=(100, 1))
trained = []
for decay in (0, 1, 3):
    params, losses, penalties = [variable(start), variable(numpy.zeros(1))], [], []
    for _ in range(151):
        w, b = (as_numpy(param) for param in params)
        error = X @ w + b - y
        halves = error[:20], error[20:]
        losses.append([numpy.mean(half**2) / 2 for half in halves])
        penalties.append(float(l2_penalty(array(w))))
        grads = [array(X[:20].T @ error[:20]), array(error[:20].sum(axis=0))]
        params = stepped(params, grads, 0.02, 20, decay)
    trained.append((decay, losses, penalties))
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
for (decay, losses, penalties), colour in zip(trained, ("C3", "C1", "C0"), strict=True):
    left.semilogy([loss[0] for loss in losses], "--", color=colour)
    left.semilogy([loss[1] for loss in losses], color=colour, label=f"wd = {decay}")
    right.semilogy(penalties, color=colour, label=f"wd = {decay}")
left.set(xlabel="step", ylabel="loss (dashed: training data)", ylim=1e-4)
right.set(xlabel="step", ylabel="l2_penalty")
left.legend()
right.legend()
plt.show()

# %% [markdown] lang="en" exercise="dropout"
# Apply dropout to `X`, a tensor of any shape with one axis or more. `p`, from $0$ to $1$, is the
# probability of **dropping** an entry. While training, each entry $x$ becomes
#
# $$x' = \begin{cases}
# 0 & \text{with probability } p, \\
# \dfrac{x}{1 - p} & \text{otherwise,}
# \end{cases}$$
#
# so that its expectation stays $x$. Whether an entry is dropped is decided for each entry on its
# own, whatever the shape of `X`, and anew in each call; do not seed the random number generator.
# With `p = 0` nothing is dropped; with `p = 1` all entries are zero.
#
# With `training=False` the values of `X` come back as they are, for every `p`.
#
# The result has the shape and dtype of `X`. `X` must be unchanged on return.

# %% [markdown] lang="zh" exercise="dropout"
# 对至少一维、任意形状的张量`X`应用暂退法。`p`是**丢弃**一个元素的概率（丢弃概率），取值从$0$到$1$。
# 训练时，每个元素$x$变为
#
# $$x' = \begin{cases}
# 0 & \text{概率为 } p, \\
# \dfrac{x}{1 - p} & \text{其他情况，}
# \end{cases}$$
#
# 因此其期望仍为$x$。无论`X`是什么形状，每个元素是否被丢弃都独立决定，并且每次调用都重新决定；
# 不要设置随机数种子。`p = 0`时不丢弃任何元素；`p = 1`时所有元素都为零。
#
# 当`training=False`时，无论`p`是多少，都原样返回`X`的值。
#
# 结果的形状和数据类型与`X`相同。函数返回后，`X`必须保持不变。


# %% exercise="dropout"
def dropout(X, p, training=True):
    ### BEGIN SOLUTION
    if not training or p == 0:
        return X
    if p == 1:
        return torch.zeros_like(X)
    mask = torch.rand_like(X) >= p
    return mask * X / (1 - p)
    ### END SOLUTION

# %% [markdown] lang="en" exercise="dropout_backward"
# While training, a network computed
#
# $$\mathbf{Y} = \frac{\mathbf{M} \odot \mathbf{X}}{1 - p}$$
#
# by dropout: the mask $\mathbf{M}$ is $1$ where an entry of $\mathbf{X}$ was kept and $0$ where it
# was dropped, and it is not scaled. `dout` is the gradient of the loss with respect to
# $\mathbf{Y}$. Return the gradient with respect to $\mathbf{X}$: what was dropped had no say in
# the loss, and what was kept had more.
#
# `dout` and `mask` have the same shape, which may be any, and the same dtype; the result has them
# too. `p`, from $0$ to $1$, is the probability with which entries were dropped; the share of zeros
# in `mask` is near it, and need not be equal. With `p = 1` everything was dropped, and the result
# is all zeros.
#
# For `dout = [3, 3]`, `mask = [1, 0]` and `p = 0.25` the result is `[4, 0]`. `dout` and `mask`
# must be unchanged on return.

# %% [markdown] lang="zh" exercise="dropout_backward"
# 训练时，某个网络通过暂退法计算了
#
# $$\mathbf{Y} = \frac{\mathbf{M} \odot \mathbf{X}}{1 - p},$$
#
# 其中掩码$\mathbf{M}$在$\mathbf{X}$的元素被保留处为$1$，被丢弃处为$0$，没有经过缩放。`dout`是损失
# 关于$\mathbf{Y}$的梯度。返回损失关于$\mathbf{X}$的梯度：被丢弃的元素对损失没有影响，被保留的元素
# 的影响则被放大了。
#
# `dout`和`mask`的形状相同（可以是任意形状），数据类型也相同；返回值的形状和数据类型与它们一致。
# `p`是元素被丢弃的概率，取值从$0$到$1$；`mask`中零所占的比例接近`p`，但不一定相等。`p = 1`时
# 所有元素都被丢弃，结果全为零。
#
# 例如`dout = [3, 3]`、`mask = [1, 0]`、`p = 0.25`时，结果为`[4, 0]`。函数返回后，`dout`和`mask`
# 必须保持不变。

# %% exercise="dropout_backward"
def dropout_backward(dout: torch.Tensor, mask: torch.Tensor, p: float) -> torch.Tensor:
    """Return the gradient of the loss with respect to the input of dropout."""
    ### BEGIN SOLUTION
    if p == 1:
        return torch.zeros_like(dout)
    return dout * mask / (1 - p)
    ### END SOLUTION

# %% [markdown] lang="en" story="dropout dropout_backward"
# ## The gap
#
# A network with 50 hidden units learns to tell two classes apart from 80 examples, some of which
# are labelled wrongly. It is trained twice, without dropout and with your dropout of its hidden
# units; your backward function carries the gradients through it. Without dropout, the loss on the
# training data goes to zero, and that on new data grows: the network *overfits*. With dropout, both
# stay closer together. Which `p` is best here?

# %% [markdown] lang="zh" story="dropout dropout_backward"
# ## 差距
#
# 一个有50个隐藏单元的网络从80个样本中学习区分两个类别，其中有些样本的标签是错的。训练进行两次：
# 一次不用暂退法，一次对隐藏单元使用你写的暂退法，梯度由你的反向函数传回。不用暂退法时，
# 训练数据上的损失趋于零，而新数据上的损失越来越大：网络*过拟合*了。使用暂退法时，两者更接近。
# 这里`p`取多少最好？

# %% story="dropout dropout_backward" framework="torch"
import numpy

array, as_numpy = torch.as_tensor, numpy.asarray
torch.manual_seed(1)

# %% story="dropout dropout_backward" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray
numpy.random.seed(1)

# %% story="dropout dropout_backward" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray
tf.random.set_seed(1)

# %% story="dropout dropout_backward" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray
numpy.random.seed(1)

# %% story="dropout dropout_backward" framework="mxnet"
import numpy

array = np.array


def as_numpy(x):
    return x.asnumpy() if hasattr(x, "asnumpy") else numpy.asarray(x)
npx.random.seed(1)

# %% story="dropout dropout_backward"
import matplotlib.pyplot as plt

rng = numpy.random.default_rng(3)
X = rng.normal(size=(580, 10))
y = X[:, 0] + X[:, 1] * X[:, 2] + rng.normal(size=580) > 0
trained = {}
for p in (0, 0.5):
    rng = numpy.random.default_rng(3)
    W, b = 0.3 * rng.normal(size=(10, 50)), numpy.zeros(50)
    v, bias, losses = 0.15 * rng.normal(size=50), 0.0, []
    for _ in range(300):
        Z = X @ W + b
        H = numpy.maximum(Z, 0)
        score = H @ v + bias
        each = numpy.logaddexp(0, numpy.where(y, -score, score))
        losses.append((each[:80].mean(), each[80:].mean()))
        scale = as_numpy(dropout(array(numpy.ones((80, 50))), p))  # what training does with 1
        H = H[:80] * scale
        error = (1 / (1 + numpy.exp(-H @ v - bias)) - y[:80]) / 80
        dH = array(numpy.outer(error, v))
        dZ = as_numpy(dropout_backward(dH, array((scale > 0) * 1.0), p)) * (Z[:80] > 0)
        W, b = W - 0.5 * X[:80].T @ dZ, b - 0.5 * dZ.sum(axis=0)
        v, bias = v - 0.5 * H.T @ error, bias - 0.5 * error.sum()
    trained[p] = losses
figure, places = plt.subplots(1, 2, figsize=(9, 3.5), sharey=True, layout="constrained")
for place, (p, losses) in zip(places, trained.items(), strict=True):
    place.plot([loss[0] for loss in losses], "--", label="training data")
    place.plot([loss[1] for loss in losses], label="new data")
    place.set(title=f"dropout, p = {p}", xlabel="step", ylim=0)
    place.legend()
places[0].set(ylabel="loss")
plt.show()

# %% [markdown] lang="en" exercise="polynomial_features"
# A model that is linear in its weights can fit a curve: give it powers of `x` as features. The
# more of them, the more it can fit, noise too. Return the features
#
# $$\phi_i(x) = \frac{x^i}{i!}, \qquad i = 0, 1, \ldots, \text{degree},$$
#
# where dividing by $i!$ keeps high powers from getting huge. `x` has shape `(n,)` and holds
# floating-point numbers of any sign, zeros too; `degree` is an integer from `0` to `20`. The result
# has shape `(n, degree + 1)`, a row for each entry of `x` and a column for each power in rising
# order, and the dtype of `x`. Its first column is all ones, also where $x = 0$.
#
# For `x = [2]` and `degree = 3` it is about `[[1, 2, 2, 1.333]]`. `x` must be unchanged on return.

# %% [markdown] lang="zh" exercise="polynomial_features"
# 对权重是线性的模型也能拟合曲线：只要把`x`的各次幂作为特征。幂次越多，模型能拟合的就越多，
# 噪声也不例外。返回特征
#
# $$\phi_i(x) = \frac{x^i}{i!}, \qquad i = 0, 1, \ldots, \text{degree},$$
#
# 其中除以$i!$是为了避免高次幂变得过大。`x`的形状为`(n,)`，其元素是浮点数，正负不限，也可以为零；
# `degree`是`0`到`20`的整数。结果的形状为`(n, degree + 1)`：`x`的每个元素占一行，每个幂次占一列，
# 按升幂排列；数据类型与`x`相同。第一列全为1，$x = 0$处也不例外。
#
# 例如`x = [2]`、`degree = 3`时，结果约为`[[1, 2, 2, 1.333]]`。函数返回后，`x`必须保持不变。

# %% exercise="polynomial_features"
def polynomial_features(x: torch.Tensor, degree: int) -> torch.Tensor:
    """Return a column for each power of ``x`` from 0 to ``degree``, divided by its factorial."""
    ### BEGIN SOLUTION
    columns = [torch.ones_like(x)]
    for i in range(1, degree + 1):
        columns.append(columns[-1] * x / i)  # neither the power nor the factorial alone gets huge
    return torch.stack(columns, dim=1)
    ### END SOLUTION

# %% [markdown] lang="en" exercise="k_fold"
# Where data are few, each example can serve for training and for validation, one after the other:
# *k-fold cross-validation* splits them into `k` folds, and holds back another one each time. Return
# the data for round `i`, which holds back fold `i`: four tensors in this order,
#
# - `X_train` and `y_train`, all folds but fold `i`, in the order of the data,
# - `X_valid` and `y_valid`, fold `i`.
#
# `X` and `y` have $n$ rows each, `y[j]` being the label of `X[j]`, and any further axes: `y` may be
# `(n,)` or `(n, 1)`. Every fold has $m = \lfloor n / k \rfloor$ rows. Fold $i$ has the rows from
# $i \cdot m$ to $(i + 1) \cdot m - 1$, and rows beyond $k \cdot m$ are **dropped**: they are in
# neither part. `k` is at least 2 and at most $n$; `i` counts from `0`.
#
# With `X = [0, 1, 2, 3, 4]`, `k = 2` and `i = 0`, the training part is `[2, 3]` and the validation
# part `[0, 1]`. Values and dtypes are those of `X` and `y`, which must be unchanged on return.

# %% [markdown] lang="zh" exercise="k_fold"
# 数据稀缺时，每个样本都可以先后用于训练和验证：*K折交叉验证*把数据分成`k`折，每一轮留出其中一折。
# 返回第`i`轮的数据，这一轮留出第`i`折。依次返回四个张量：
#
# - `X_train`和`y_train`，即除第`i`折之外的所有折，保持数据的顺序；
# - `X_valid`和`y_valid`，即第`i`折。
#
# `X`和`y`各有$n$行，`y[j]`是`X[j]`的标签；它们还可以有其他维度，例如`y`的形状可以是`(n,)`或
# `(n, 1)`。每一折有$m = \lfloor n / k \rfloor$行。第$i$折是从$i \cdot m$到$(i + 1) \cdot m - 1$的
# 各行；$k \cdot m$之后的行被**丢弃**，不属于任何一部分。`k`不小于2，不大于$n$；`i`从`0`开始计数。
#
# 例如`X = [0, 1, 2, 3, 4]`、`k = 2`、`i = 0`时，训练部分为`[2, 3]`，验证部分为`[0, 1]`。数值和数
# 据类型与`X`和`y`的相同；函数返回后，`X`和`y`必须保持不变。

# %% exercise="k_fold"
def k_fold(k: int, i: int, X: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Return ``X_train, y_train, X_valid, y_valid`` of round ``i``."""
    ### BEGIN SOLUTION
    size = len(X) // k
    start, stop, end = i * size, (i + 1) * size, k * size
    X_train = torch.cat([X[:start], X[stop:end]])
    y_train = torch.cat([y[:start], y[stop:end]])
    return X_train, y_train, X[start:stop], y[start:stop]
    ### END SOLUTION

# %% [markdown] lang="en" story="polynomial_features k_fold"
# ## Too little, enough, too much
#
# Twenty noisy points of a cubic. The features are yours; least squares finds the weights. A line
# *underfits*: it is wrong everywhere. Degree 15 *overfits*: it passes near every point and is wild
# between them. How could you know which degree is right if you did not know the curve? The error on
# the training data only ever falls. That on the folds which your `k_fold` holds back is least near
# the truth.

# %% [markdown] lang="zh" story="polynomial_features k_fold"
# ## 太少、正好、太多
#
# 这里有一条三次曲线上的二十个带噪声的点。特征由你的函数给出，权重由最小二乘法求得。
# 直线*欠拟合*：它处处都不对。15次多项式*过拟合*：它从每个点附近经过，在点与点之间却剧烈摆动。
# 如果不知道真正的曲线，怎样才能知道该用几次多项式？训练数据上的误差总是随次数下降，
# 而在你的`k_fold`留出的那些折上，误差在真实的次数附近最小。

# %% story="polynomial_features k_fold" framework="torch"
import numpy

array, as_numpy = torch.as_tensor, numpy.asarray

# %% story="polynomial_features k_fold" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray

# %% story="polynomial_features k_fold" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray

# %% story="polynomial_features k_fold" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray

# %% story="polynomial_features k_fold" framework="mxnet"
import numpy

array = np.array


def as_numpy(x):
    return x.asnumpy() if hasattr(x, "asnumpy") else numpy.asarray(x)

# %% story="polynomial_features k_fold"
import matplotlib.pyplot as plt


def weights(x, y, degree):
    features = as_numpy(polynomial_features(array(x), degree)).astype(float)
    return numpy.linalg.lstsq(features, as_numpy(y), rcond=None)[0]


def values(x, w):
    return as_numpy(polynomial_features(array(x), len(w) - 1)) @ w


rng = numpy.random.default_rng(10)
x = rng.permutation(numpy.linspace(-2, 2, 20))
y = x**3 - 2 * x + rng.normal(size=20)
grid = numpy.linspace(-2, 2, 201)
degrees, errors = range(11), []
for degree in degrees:
    train = numpy.mean((values(x, weights(x, y, degree)) - y) ** 2)
    held_back = []
    for i in range(5):
        X_train, y_train, X_valid, y_valid = map(as_numpy, k_fold(5, i, array(x), array(y)))
        fit = values(X_valid, weights(X_train, y_train, degree))
        held_back.append(numpy.mean((fit - y_valid) ** 2))
    errors.append((train, numpy.mean(held_back)))
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
left.scatter(x, y, s=12, color="0.4")
for degree, style in ((1, ":"), (3, "-"), (15, "--")):
    left.plot(grid, values(grid, weights(x, y, degree)), style, label=f"degree {degree}")
left.set(xlabel="x", ylabel="y", ylim=(-6, 6))
left.legend()
right.semilogy(degrees, [error[0] for error in errors], "o--", label="training data")
right.semilogy(degrees, [error[1] for error in errors], "o-", label="held back by k_fold")
right.set(xlabel="degree", ylabel="mean squared error")
right.legend()
plt.show()

# %% [markdown] lang="en" exercise="standardize"
# The area of a house is a number in the hundreds, that of its rooms a small one. Features of such
# different sizes learn at different speeds, and a penalty treats them unequally. So bring every
# column to mean 0 and deviation 1. What is known when the model is built are the training data
# alone: the mean $\mu_j$ and the standard deviation $\sigma_j$ of column $j$ of `train` are used
# for `train` and for `test`,
#
# $$x_{ij} \leftarrow \frac{x_{ij} - \mu_j}{\sigma_j}, \qquad
# \sigma_j^2 = \frac{1}{n} \sum_{i=1}^{n} (x_{ij} - \mu_j)^2.$$
#
# A column that is constant in `train` tells nothing, but must not make you divide by zero: its
# deviation counts as $1$. The mean of such a column comes out exactly, so that rounding leaves it no
# deviation. No other column's deviation counts as $1$, however small it is.
#
# `train` has shape `(n, d)` and `test` has shape `(m, d)`. Return both, standardized, in this
# order, each in its shape and dtype. `train = [[1], [3]]` and `test = [[5]]` become `[[-1], [1]]`
# and `[[3]]`. Both must be unchanged on return.

# %% [markdown] lang="zh" exercise="standardize"
# 房屋的面积是几百的数，房间数却是很小的数。大小如此不同的特征学习的快慢不同，惩罚项对它们也不公平。
# 因此要把每一列变为均值为0、标准差为1。建立模型时已知的只有训练数据：`train`和`test`都使用`train`的
# 第$j$列的均值$\mu_j$和标准差$\sigma_j$，
#
# $$x_{ij} \leftarrow \frac{x_{ij} - \mu_j}{\sigma_j}, \qquad
# \sigma_j^2 = \frac{1}{n} \sum_{i=1}^{n} (x_{ij} - \mu_j)^2.$$
#
# 在`train`中为常数的列不包含任何信息，但也不能因此除以零：它的标准差按$1$计算。这样的列的均值没有舍
# 入误差，因此算出的标准差恰好为零。其他列则不论标准差多小，都不能这样处理。
#
# `train`的形状为`(n, d)`，`test`的形状为`(m, d)`。依次返回标准化之后的两者，形状和数据类型各自不
# 变。例如`train = [[1], [3]]`、`test = [[5]]`变为`[[-1], [1]]`和`[[3]]`。函数返回后，两者都必须保
# 持不变。

# %% exercise="standardize"
def standardize(train: torch.Tensor, test: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return both tables with the training set's mean removed, in units of its deviation."""
    ### BEGIN SOLUTION
    mean = train.mean(dim=0)
    deviation = ((train - mean) ** 2).mean(dim=0).sqrt()
    # by the values: rounding may leave a tiny deviation of equal numbers
    constant = (train == train[0]).all(dim=0)
    deviation = torch.where(constant, 1, deviation)
    return (train - mean) / deviation, (test - mean) / deviation
    ### END SOLUTION

# %% [markdown] lang="en" exercise="encode_categories"
# A model computes with numbers, and a column of a table may hold names. Every category becomes a
# column of its own: an *indicator*, which is $1$ in the rows that have this category and $0$
# elsewhere. That a value is missing may be telling, so it gets an indicator as well.
#
# `column` is a list of $n \ge 1$ values, each of them a string or `None`, which means that it is
# missing. `categories` is a list of $k \ge 1$ different strings; every value that is not missing is
# one of them, and not all of them need occur. Two strings are the same category only if they are
# equal: `"pool"` is not `"Pool"`, and an empty string is a category like others.
#
# Return a tensor of shape `(n, k + 1)` with a row for each value: the indicators of the categories
# in the **given** order, and last that of missing values. It may have any numeric dtype. With the
# categories `["gas", "coal"]`, the column `["coal", None]` becomes `[[0, 1, 0], [0, 0, 1]]`.

# %% [markdown] lang="zh" exercise="encode_categories"
# 模型用数来计算，而表格的一列可能是名称。每个类别因此变成单独的一列，即*指示*列：在属于该类别的行中
# 为$1$，其余各行中为$0$。值的缺失也可能说明问题，所以缺失值也有一个指示列。
#
# `column`是$n \ge 1$个值的列表，每个值是字符串或`None`，后者表示缺失。`categories`是$k \ge 1$个互
# 不相同的字符串的列表；没有缺失的值都是其中之一，但其中的类别不一定都会出现。只有相等的字符串才是
# 同一个类别：`"pool"`不是`"Pool"`，空字符串也是一个普通的类别。
#
# 返回形状为`(n, k + 1)`的张量，每个值占一行：先是各类别的指示列，按**给定**的顺序，最后一列是缺失
# 值的指示列。结果可以是任意数值类型。例如类别为`["gas", "coal"]`时，列`["coal", None]`变为
# `[[0, 1, 0], [0, 0, 1]]`。

# %% exercise="encode_categories"
def encode_categories(column: list[str | None], categories: list[str]) -> torch.Tensor:
    """Return an indicator for each category and, last, one for missing values."""
    ### BEGIN SOLUTION
    values = [*categories, None]
    result = torch.zeros(len(column), len(values), dtype=torch.int64)
    for row, value in enumerate(column):
        result[row, values.index(value)] = 1
    return result
    ### END SOLUTION

# %% [markdown] lang="en" exercise="log_rmse"
# An error of a hundred thousand dollars is a disaster for a cottage and small change for a palace.
# What counts for prices is the error relative to the price, and the difference of logarithms
# measures it. Return the root of the mean square of these differences over all $n$ entries,
#
# $$\sqrt{\frac{1}{n} \sum_{i=1}^{n} \left( \log \max(\hat{y}_i, 1) - \log y_i \right)^2},$$
#
# with the natural logarithm. Predictions $\hat{y}_i$ may be any numbers: those below $1$, negative
# ones too, are clipped to $1$ before the logarithm is taken, and large ones are not clipped. Labels
# $y_i$ are positive and are taken as they are, also below $1$.
#
# `predictions` and `labels` have the same shape, such as `(n,)` or `(n, 1)`. The result is one
# number: for `predictions = [0, 2]` and `labels = [1, 4]` it is about $0.49$. Both arguments must
# be unchanged on return.

# %% [markdown] lang="zh" exercise="log_rmse"
# 同样是十万美元的误差，对乡间小屋来说是灾难，对豪宅来说却微不足道。对于价格，重要的是相对误差，
# 而对数之差衡量的正是相对误差。返回全部$n$个元素的对数之差的均方根：
#
# $$\sqrt{\frac{1}{n} \sum_{i=1}^{n} \left( \log \max(\hat{y}_i, 1) - \log y_i \right)^2},$$
#
# 其中的对数是自然对数。预测值$\hat{y}_i$可以是任意的数：小于$1$的（包括负数）先截断为$1$，再取对
# 数；很大的不做截断。标签$y_i$都是正数，小于$1$时也不做改变。
#
# `predictions`和`labels`的形状相同，例如`(n,)`或`(n, 1)`。结果是一个数：例如
# `predictions = [0, 2]`、`labels = [1, 4]`时约为$0.49$。函数返回后，两个参数都必须保持不变。

# %% exercise="log_rmse"
def log_rmse(predictions: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Return the root mean square error of the logarithms, one number."""
    ### BEGIN SOLUTION
    difference = torch.log(predictions.clamp(min=1)) - torch.log(labels)
    return (difference**2).mean().sqrt()
    ### END SOLUTION

# %% [markdown] lang="en" exercise="xavier_normal"
# Weights that are too small let a signal fade from layer to layer, and weights that are too large
# let it explode; on the way back, gradients do the same. Xavier initialization is a compromise
# between both directions. Return the initial weights of a layer with `fan_in` inputs and `fan_out`
# outputs: a tensor of shape `(fan_in, fan_out)` whose entries are drawn independently from a normal
# distribution with mean $0$ and **variance**
#
# $$\sigma^2 = \frac{2}{n_\mathrm{in} + n_\mathrm{out}},$$
#
# where $n_\mathrm{in}$ = `fan_in` and $n_\mathrm{out}$ = `fan_out`. With 200 inputs and 120 outputs
# the standard deviation is about $0.079$. Every call draws anew; do not seed the random number
# generator. The result may have any floating-point dtype.

# %% [markdown] lang="zh" exercise="xavier_normal"
# 权重太小，信号会逐层衰减；权重太大，信号会爆炸。反向传播时梯度也是如此。Xavier初始化是两个方向之
# 间的折中。返回一个有`fan_in`个输入、`fan_out`个输出的层的初始权重：形状为`(fan_in, fan_out)`的张
# 量，其元素独立地采样自均值为$0$、**方差**为
#
# $$\sigma^2 = \frac{2}{n_\mathrm{in} + n_\mathrm{out}}$$
#
# 的正态分布，其中$n_\mathrm{in}$为`fan_in`，$n_\mathrm{out}$为`fan_out`。例如有200个输入、120个输
# 出时，标准差约为$0.079$。每次调用都重新采样；不要设置随机数种子。结果可以是任意浮点类型。

# %% exercise="xavier_normal"
def xavier_normal(fan_in: int, fan_out: int) -> torch.Tensor:
    """Return initial weights of shape ``(fan_in, fan_out)``."""
    ### BEGIN SOLUTION
    deviation = (2 / (fan_in + fan_out)) ** 0.5
    return deviation * torch.randn(fan_in, fan_out)
    ### END SOLUTION

# %% [markdown] lang="en" exercise="gradient_norms"
# Networks with many sigmoid layers could hardly be trained: on its way back, the gradient is
# multiplied by the slope of the activation in every layer, and the slope of the sigmoid is at most
# $1/4$. Measure it. Build a network of `depth` layers, which may be any number from 1 to 20. Each
# has 64 inputs, 64 outputs and no bias:
#
# $$\mathbf{h}_0 = [1, \ldots, 1], \qquad
# \mathbf{h}_l = f(\mathbf{h}_{l-1} \mathbf{W}_l), \qquad l = 1, \ldots, \text{depth}.$$
#
# $f$ is the same in every layer, the last one too: the sigmoid if `activation` is `"sigmoid"`, ReLU
# if it is `"relu"`. The $64 \times 64$ entries of each weight are drawn independently, with mean
# $0$ and **variance** $2/64$, for example from a normal distribution. Each layer has weights of its
# own, and every call draws anew; do not seed the random number generator.
#
# The loss is the **sum** of the entries of the last $\mathbf{h}_l$. Return the Frobenius norm of its
# gradient with respect to each weight, a list of `depth` numbers, first layer first:
#
# $$\left\| \frac{\partial}{\partial \mathbf{W}_l} \sum_j h_{\text{depth},\,j} \right\|_F.$$
#
# With 10 layers the first norm is about 0.00005 of the last with the sigmoid, and about 2.6 times
# the last with ReLU. The norms are random: means and spreads of many calls are compared.

# %% [markdown] lang="zh" exercise="gradient_norms"
# 有许多sigmoid层的网络曾经很难训练：反向传播时，梯度每经过一层都要乘以激活函数的导数，而sigmoid的导
# 数不超过$1/4$。来量一量。构建一个有`depth`层的网络，`depth`可以是1到20的任何整数。每层有64个输入、
# 64个输出，没有偏置：
#
# $$\mathbf{h}_0 = [1, \ldots, 1], \qquad
# \mathbf{h}_l = f(\mathbf{h}_{l-1} \mathbf{W}_l), \qquad l = 1, \ldots, \text{depth}.$$
#
# 每一层（包括最后一层）的$f$都相同：`activation`为`"sigmoid"`时是sigmoid函数，为`"relu"`时是ReLU函
# 数。每个权重的$64 \times 64$个元素独立采样，均值为$0$，**方差**为$2/64$，例如采样自正态分布。各层
# 有自己的权重，每次调用都重新采样；不要设置随机数种子。
#
# 损失是最后一个$\mathbf{h}_l$的各元素**之和**。返回损失关于每个权重的梯度的Frobenius范数，即由
# `depth`个数组成的列表，第一层在前：
#
# $$\left\| \frac{\partial}{\partial \mathbf{W}_l} \sum_j h_{\text{depth},\,j} \right\|_F.$$
#
# 有10层时，使用sigmoid函数，第一个范数约为最后一个的0.00005；使用ReLU函数，则约为最后一个的2.6倍。
# 范数是随机的：比较的是多次调用的均值和离散程度。

# %% [markdown] lang="en" exercise="gradient_norms" framework="numpy"
# NumPy does not differentiate: keep what each layer computed, and go back by the chain rule.

# %% [markdown] lang="zh" exercise="gradient_norms" framework="numpy"
# NumPy没有自动微分：请保存每一层的计算结果，再用链式法则往回计算。

# %% exercise="gradient_norms"
def gradient_norms(depth: int, activation: str) -> list[float]:
    """Return the norm of the gradient for the weight of each layer, first layer first."""
    ### BEGIN SOLUTION
    f = {"sigmoid": torch.sigmoid, "relu": torch.relu}[activation]
    deviation = (2 / 64) ** 0.5
    weights = [(deviation * torch.randn(64, 64)).requires_grad_() for _ in range(depth)]
    h = torch.ones(1, 64)
    for W in weights:
        h = f(h @ W)
    h.sum().backward()
    return [float(W.grad.norm()) for W in weights]
    ### END SOLUTION

# %% [markdown] lang="en" story="gradient_norms"
# ## The gradient that vanishes
#
# What your `gradient_norms` says of 20 layers, as a mean of ten networks each. The loss is behind
# the last layer, so the gradient comes from the right. In every sigmoid layer it loses about two
# thirds: the first layer gets less than a billionth of what the last one gets, and learns nothing.
# With ReLU and weights of this variance, the first layers get no less than the last.

# %% [markdown] lang="zh" story="gradient_norms"
# ## 消失的梯度
#
# 这是你的`gradient_norms`对20层网络给出的结果，每种激活函数取十个网络的平均。损失在最后一层之后，
# 所以梯度从右边传来。每经过一个sigmoid层，梯度大约失去三分之二：第一层得到的不到最后一层的十亿分之一，
# 什么也学不到。使用ReLU、权重取这样的方差时，前几层得到的不比最后几层少。

# %% story="gradient_norms" framework="torch"
torch.manual_seed(1)

# %% story="gradient_norms" framework="numpy"
np.random.seed(1)

# %% story="gradient_norms" framework="tensorflow"
tf.random.set_seed(1)

# %% story="gradient_norms" framework="mxnet"
npx.random.seed(1)

# %% story="gradient_norms"
import matplotlib.pyplot as plt
import numpy

layers = range(1, 21)
figure, axis = plt.subplots(figsize=(7, 3.5), layout="constrained")
for activation, style in (("relu", "s-"), ("sigmoid", "o--")):
    norms = [[float(norm) for norm in gradient_norms(20, activation)] for _ in range(10)]
    axis.semilogy(layers, numpy.exp(numpy.log(norms).mean(axis=0)), style, label=activation)
axis.set(xlabel="layer", ylabel="norm of the gradient", xticks=layers)
axis.legend()
plt.show()

# %% [markdown] lang="en" exercise="covariate_shift_weights"
# A model is trained on photographs and used on drawings: inputs come from another distribution, a
# *covariate shift*. If we cannot have labels for drawings, we can let those photographs count more
# that look like drawings. How much they look like it, a classifier tells that was trained to tell
# both apart, with as many examples of each: $p_i$ is the probability, in its view, that example $i$
# comes from the **source**, the distribution of the training data. The weight of the example is
# the ratio of both densities,
#
# $$\beta_i = \frac{1 - p_i}{p_i}.$$
#
# `p_source` has shape `(n,)` and holds these probabilities, which are more than $0$ and at most
# $1$. Return the weights, of shape `(n,)` and the dtype of `p_source`. They are neither normalised
# nor clipped: each depends on its own example alone, and may be very large. For
# `p_source = [0.5, 0.8]` they are `[1, 0.25]`. `p_source` must be unchanged on return.

# %% [markdown] lang="zh" exercise="covariate_shift_weights"
# 模型在照片上训练，却用在手绘图上：输入来自另一个分布，这就是*协变量偏移*（covariate shift）。如
# 果得不到手绘图的标签，可以让更像手绘图的照片有更大的权重。一个分类器学习区分这两者，训练时两者的
# 样本一样多，由它来判断照片有多像手绘图：$p_i$是它认为第$i$个样本来自**源**分布（即训练数据的分
# 布）的概率。样本的权重就是两个密度之比：
#
# $$\beta_i = \frac{1 - p_i}{p_i}.$$
#
# `p_source`的形状为`(n,)`，其中是这些概率，它们大于$0$，不超过$1$。返回权重，其形状为`(n,)`，数据
# 类型与`p_source`相同。权重既不归一化，也不截断：每个权重只取决于它自己的样本，可以非常大。例如
# `p_source = [0.5, 0.8]`时，权重为`[1, 0.25]`。函数返回后，`p_source`必须保持不变。

# %% exercise="covariate_shift_weights"
def covariate_shift_weights(p_source: torch.Tensor) -> torch.Tensor:
    """Return the weight of each example."""
    ### BEGIN SOLUTION
    return (1 - p_source) / p_source
    ### END SOLUTION
