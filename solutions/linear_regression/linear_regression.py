# %% [markdown] lang="en"
# In this assignment you build linear regression from scratch: the data, the model, the loss, its
# gradients, the optimizer, and in the end the training loop, together with the analytic solution
# that training should come close to.
#
# One example is one row: features have the shape `(n, d)` for $n$ examples with $d$ features each,
# labels and predictions have the shape `(n, 1)`, the weights `w` have `(d, 1)`, the bias `b` has
# `(1,)`. Do not seed any random number generator.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %% [markdown] lang="zh"
# 在这次作业中，你将从零开始实现线性回归：数据、模型、损失函数、梯度、优化算法，以及最后的训练循环；
# 另外还有解析解，训练的结果应当与它接近。
#
# 每一行是一个样本：$n$个样本、每个样本有$d$个特征时，特征的形状为`(n, d)`，
# 标签和预测值的形状为`(n, 1)`，权重`w`的形状为`(d, 1)`，偏置`b`的形状为`(1,)`。
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
import torch

# %% [markdown] lang="en" exercise="synthetic_data"
# Make up a data set for a linear model. `w`, of shape `(d, 1)`, holds the true weights; the number
# `b` is the true bias. The features of all `num_examples` examples are independent draws from the
# standard normal distribution, and the labels are
#
# $$\mathbf{y} = \mathbf{X} \mathbf{w} + b + \boldsymbol{\epsilon},$$
#
# where each example has a noise of its own, drawn independently from a normal distribution with
# mean 0 and standard deviation 0.01.
#
# Return `features`, of shape `(num_examples, d)`, and `labels`, of shape `(num_examples, 1)`, in
# this order, both with the dtype of `w`. Every call draws anew. `w` must be unchanged on return.

# %% [markdown] lang="zh" exercise="synthetic_data"
# 为线性模型生成一个人造数据集。`w`的形状为`(d, 1)`，是真实的权重；数`b`是真实的偏置。
# 全部`num_examples`个样本的特征都独立地采样自标准正态分布，标签为
#
# $$\mathbf{y} = \mathbf{X} \mathbf{w} + b + \boldsymbol{\epsilon},$$
#
# 其中每个样本都有自己的噪声，独立地采样自均值为0、标准差为0.01的正态分布。
#
# 依次返回形状为`(num_examples, d)`的`features`和形状为`(num_examples, 1)`的`labels`，
# 两者的数据类型都与`w`相同。每次调用都要重新采样。函数返回后`w`必须保持不变。

# %% exercise="synthetic_data"
def synthetic_data(w, b, num_examples):
    ### BEGIN SOLUTION
    features = torch.randn(num_examples, len(w), dtype=w.dtype, device=w.device)
    labels = features @ w + b
    labels = labels + 0.01 * torch.randn_like(labels)
    return features, labels
    ### END SOLUTION

# %% [markdown] lang="en" exercise="data_iter"
# Go through the data once, in minibatches of `batch_size` examples. `features` has the shape
# `(n, d)`, `labels` has `(n, 1)` or `(n,)`.
#
# Each item is a pair: the features of a batch, `(batch_size, d)`, and the labels of the same
# examples in the same order, `(batch_size, 1)` or `(batch_size,)`. Every example comes exactly
# once. What is left at the end forms a last, shorter batch; if `batch_size` is larger than $n$,
# there is only one batch, which holds all examples.
#
# The examples come in random order, in which every order is equally likely. Each call shuffles
# them anew: not only the order of the batches is random, but also which examples meet in a batch.
#
# Write a generator, or return any other iterable of pairs, such as a list. Batches keep the dtype
# of the data. `features` and `labels` must be unchanged, also after the last batch.

# %% [markdown] lang="zh" exercise="data_iter"
# 以小批量的方式遍历一遍数据，每个小批量包含`batch_size`个样本。`features`的形状为`(n, d)`，
# `labels`的形状为`(n, 1)`或`(n,)`。
#
# 每一项都是一对张量：一个小批量的特征，形状为`(batch_size, d)`；
# 以及同一批样本按同样顺序排列的标签，形状为`(batch_size, 1)`或`(batch_size,)`。
# 每个样本恰好出现一次。最后剩余的样本组成一个较小的小批量；
# 如果`batch_size`大于$n$，则只有一个小批量，其中包含所有样本。
#
# 样本的顺序是随机的，所有可能的顺序都等可能出现，每次调用都要重新打乱：
# 不仅小批量的先后顺序是随机的，哪些样本被分到同一个小批量中也是随机的。
#
# 可以写成生成器，也可以返回由这些对组成的任何可迭代对象，例如列表。小批量的数据类型与数据相同。
# `features`和`labels`必须保持不变，取完最后一个小批量之后也是如此。

# %% exercise="data_iter"
def data_iter(batch_size, features, labels):
    ### BEGIN SOLUTION
    num_examples = len(features)
    indices = torch.randperm(num_examples, device=features.device)
    for start in range(0, num_examples, batch_size):
        batch = indices[start:start + batch_size]
        yield features[batch], labels[batch]
    ### END SOLUTION

# %% [markdown] lang="en" exercise="linreg"
# The linear regression model: return the predictions
#
# $$\hat{\mathbf{y}} = \mathbf{X} \mathbf{w} + b$$
#
# for `X` of shape `(n, d)`, `w` of shape `(d, 1)` and `b` of shape `(1,)`. The result has the
# shape `(n, 1)` and the dtype of the inputs. All arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="linreg"
# 线性回归模型：返回预测值
#
# $$\hat{\mathbf{y}} = \mathbf{X} \mathbf{w} + b,$$
#
# 其中`X`的形状为`(n, d)`，`w`的形状为`(d, 1)`，`b`的形状为`(1,)`。
# 结果的形状为`(n, 1)`，数据类型与输入相同。函数返回后所有参数都必须保持不变。

# %% exercise="linreg"
def linreg(X, w, b):
    ### BEGIN SOLUTION
    return X @ w + b
    ### END SOLUTION

# %% [markdown] lang="en" exercise="squared_loss"
# Return the squared loss of each prediction,
#
# $$l^{(i)} = \frac{1}{2} \left(\hat{y}^{(i)} - y^{(i)}\right)^2,$$
#
# one value per entry, neither summed nor averaged. The result has the shape of `y_hat`, whatever
# that is, and the dtype of the inputs.
#
# `y` has the shape of `y_hat`, too, with one exception: for predictions of shape `(n, 1)` the
# labels may be given as `(n,)`. Entry $i$ of `y` still belongs to row $i$ of `y_hat`.
# Both may be large and close to each other: the losses must be right where all numbers are near
# $1000$ and differ by about $1$, too. Both arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="squared_loss"
# 返回每个预测值的平方损失
#
# $$l^{(i)} = \frac{1}{2} \left(\hat{y}^{(i)} - y^{(i)}\right)^2,$$
#
# 每个元素对应一个值，既不求和也不求平均。无论`y_hat`是什么形状，结果的形状都与它相同；
# 结果的数据类型与输入相同。
#
# `y`的形状也与`y_hat`相同，只有一个例外：当预测值的形状为`(n, 1)`时，标签的形状可以是`(n,)`。
# 此时`y`的第$i$个元素仍对应`y_hat`的第$i$行。二者可能都很大而又彼此接近：当所有数都在$1000$附近、
# 相差约为$1$时，损失也必须正确。函数返回后两个参数都必须保持不变。

# %% exercise="squared_loss"
def squared_loss(y_hat, y):
    ### BEGIN SOLUTION
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2
    ### END SOLUTION

# %% [markdown] lang="en" exercise="linreg_gradients"
# Work out the gradients of the loss of a whole minibatch by hand. The loss is the **sum** of the
# squared losses of its examples,
#
# $$L = \sum_{i=1}^{n} \frac{1}{2} \left(\hat{y}^{(i)} - y^{(i)}\right)^2
# \quad\text{with}\quad \hat{\mathbf{y}} = \mathbf{X} \mathbf{w} + b,$$
#
# and not their mean. `X` has the shape `(n, d)`, `w` has `(d, 1)`, `b` has `(1,)` and `y` has
# `(n, 1)`.
#
# Return $\partial L / \partial \mathbf{w}$ of shape `(d, 1)` and $\partial L / \partial b$ of
# shape `(1,)`, in this order, both with the dtype of the inputs. All arguments must be unchanged
# on return.

# %% [markdown] lang="zh" exercise="linreg_gradients"
# 手工推导整个小批量的损失的梯度。损失是各个样本平方损失之**和**
#
# $$L = \sum_{i=1}^{n} \frac{1}{2} \left(\hat{y}^{(i)} - y^{(i)}\right)^2,
# \quad\text{其中}\quad \hat{\mathbf{y}} = \mathbf{X} \mathbf{w} + b,$$
#
# 而不是平均值。`X`的形状为`(n, d)`，`w`的形状为`(d, 1)`，`b`的形状为`(1,)`，`y`的形状为`(n, 1)`。
#
# 依次返回形状为`(d, 1)`的$\partial L / \partial \mathbf{w}$
# 和形状为`(1,)`的$\partial L / \partial b$，两者的数据类型都与输入相同。
# 函数返回后所有参数都必须保持不变。

# %% exercise="linreg_gradients"
def linreg_gradients(X, w, b, y):
    ### BEGIN SOLUTION
    error = X @ w + b - y
    return X.T @ error, error.sum(dim=0)
    ### END SOLUTION

# %% [markdown] lang="en" exercise="sgd"
# Take one step of minibatch stochastic gradient descent. `params` is a list of arrays of any
# shapes with one axis or more, `grads` the list of their gradients, `grads[i]` with the shape of
# `params[i]`. The gradients are those of a loss that was **summed** over the `batch_size` examples
# of a minibatch, while the step follows their mean:
#
# $$\mathbf{p} \leftarrow \mathbf{p} - \frac{\eta}{|\mathcal{B}|} \, \mathbf{g}$$
#
# with the learning rate $\eta$ = `lr` and $|\mathcal{B}|$ = `batch_size`. The gradients must be
# unchanged on return.

# %% [markdown] lang="zh" exercise="sgd"
# 执行一步小批量随机梯度下降。`params`是由至少一维、任意形状的数组组成的列表，
# `grads`是它们的梯度组成的列表，`grads[i]`与`params[i]`的形状相同。
# 这些梯度来自对小批量中`batch_size`个样本**求和**的损失，而更新要按平均梯度进行：
#
# $$\mathbf{p} \leftarrow \mathbf{p} - \frac{\eta}{|\mathcal{B}|} \, \mathbf{g},$$
#
# 其中学习率$\eta$为`lr`，$|\mathcal{B}|$为`batch_size`。函数返回后梯度必须保持不变。

# %% [markdown] lang="en" exercise="sgd" framework="numpy"
# Every array in `params` is changed *in place*; what the function returns does not matter.

# %% [markdown] lang="zh" exercise="sgd" framework="numpy"
# `params`中的每个数组都要*原地*更新；函数返回什么都可以。

# %% [markdown] lang="en" exercise="sgd" framework="torch"
# Every tensor in `params` is changed *in place*; what the function returns does not matter. The
# tensors in `params` may be trainable (`requires_grad=True`): the update itself is not to be
# recorded for differentiation, while everything computed after the call is recorded, or not, as
# before. Their `requires_grad` and `grad` stay as they are.

# %% [markdown] lang="zh" exercise="sgd" framework="torch"
# `params`中的每个张量都要*原地*更新；函数返回什么都可以。
# `params`中的张量可能是可训练的（`requires_grad=True`）：更新操作本身不应被自动微分记录，
# 而函数返回之后的计算应像之前一样被记录或不被记录。它们的`requires_grad`和`grad`保持不变。

# %% [markdown] lang="en" exercise="sgd" framework="tensorflow"
# The tensors in `params` are variables (`tf.Variable`). Every one is changed *in place*, by
# `assign` or `assign_sub`; `p = p - …` would only make a new tensor. What the function returns does
# not matter.

# %% [markdown] lang="zh" exercise="sgd" framework="tensorflow"
# `params`中的张量都是变量（`tf.Variable`）。每个变量都要用`assign`或`assign_sub`*原地*更新；
# 写成`p = p - …`只会得到一个新的张量。函数返回什么都可以。

# %% [markdown] lang="en" exercise="sgd" framework="jax"
# Arrays of JAX never change, so the step makes new ones: return the list of the new parameters, in
# the order of `params`.

# %% [markdown] lang="zh" exercise="sgd" framework="jax"
# JAX的数组是不可变的，因此要生成新的数组：按`params`的顺序返回由新参数组成的列表。

# %% [markdown] lang="en" exercise="sgd" framework="mxnet"
# Every array in `params` is changed *in place* (`p[:] = …`); what the function returns does not
# matter. The arrays in `params` may have a gradient attached: their `grad` stays as it is.

# %% [markdown] lang="zh" exercise="sgd" framework="mxnet"
# `params`中的每个数组都要*原地*更新（`p[:] = …`）；函数返回什么都可以。
# `params`中的数组可能附有梯度：它们的`grad`保持不变。

# %% exercise="sgd"
def sgd(params, grads, lr, batch_size):
    ### BEGIN SOLUTION
    with torch.no_grad():
        for param, grad in zip(params, grads, strict=True):
            param -= lr * grad / batch_size
    ### END SOLUTION

# %% [markdown] lang="en" exercise="normal_equation"
# Linear regression has an analytic solution. Return the weights and the intercept that minimise
# the squared loss on `X`, of shape `(n, d)`, and `y`, of shape `(n, 1)`. With a column of ones
# appended to `X`, which makes the intercept one more weight, that is
#
# $$\mathbf{w}^* = (\mathbf{X}^\top \mathbf{X})^{-1} \mathbf{X}^\top \mathbf{y}.$$
#
# The result has the shape `(d + 1, 1)`, the $d$ weights first and the intercept **last**, and the
# dtype of the inputs. The columns of `X` are neither centred nor uncorrelated, but linearly
# independent of each other and of the column of ones. Both arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="normal_equation"
# 线性回归有解析解。`X`的形状为`(n, d)`，`y`的形状为`(n, 1)`，返回使平方损失最小的权重和截距。
# 在`X`的最后附加一列1，截距就成为多出来的一个权重，于是
#
# $$\mathbf{w}^* = (\mathbf{X}^\top \mathbf{X})^{-1} \mathbf{X}^\top \mathbf{y}.$$
#
# 结果的形状为`(d + 1, 1)`，前面是$d$个权重，**最后**是截距；数据类型与输入相同。
# `X`的各列没有中心化，彼此之间也可能相关，但它们与全1列一起是线性无关的。
# 函数返回后两个参数都必须保持不变。

# %% exercise="normal_equation"
def normal_equation(X, y):
    ### BEGIN SOLUTION
    A = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    return torch.linalg.solve(A.T @ A, A.T @ y)
    ### END SOLUTION

# %% [markdown] lang="en" exercise="train_linreg"
# Train linear regression with minibatch stochastic gradient descent: `num_epochs` times through
# the data, one step with learning rate `lr` for each minibatch of `batch_size` examples. Zeros and
# small random numbers are both fine as initial values. You may use your functions from above.
#
# A step follows the **mean** gradient of the squared loss over the examples that are really in the
# minibatch: if the last one of an epoch is short, or `batch_size` is larger than $n$, divide by
# the number of examples in it.
#
# `features` has the shape `(n, d)`, `labels` has `(n, 1)`. Return the weights, `(d, 1)`, and the
# bias, `(1,)`, in this order, both with the dtype of the features. They are compared with the
# least-squares solution for the same data: each entry must be within 0.02 of it. The arguments are
# chosen such that this is easily reached. If the steps are few, the result must be where they lead
# from initial values near zero. `features` and `labels` must be unchanged on return.

# %% [markdown] lang="zh" exercise="train_linreg"
# 用小批量随机梯度下降训练线性回归：遍历数据`num_epochs`次，
# 对每个包含`batch_size`个样本的小批量，以学习率`lr`更新一步。
# 初始值取零或较小的随机数都可以。你可以使用前面写好的函数。
#
# 每一步按小批量中实际样本的平方损失的**平均**梯度更新：如果一个迭代周期的最后一个小批量较小，
# 或者`batch_size`大于$n$，就除以其中实际的样本数。
#
# `features`的形状为`(n, d)`，`labels`的形状为`(n, 1)`。
# 依次返回形状为`(d, 1)`的权重和形状为`(1,)`的偏置，两者的数据类型都与特征相同。
# 结果将与同一数据的最小二乘解比较：每个元素与它的差不得超过0.02。
# 所给的参数使这一要求很容易达到。如果步数很少，结果应是从接近零的初始值出发走完这些步所到的位置。
# 函数返回后`features`和`labels`必须保持不变。

# %% exercise="train_linreg"
def train_linreg(features, labels, lr, num_epochs, batch_size):
    ### BEGIN SOLUTION
    w = torch.zeros(features.shape[1], 1, dtype=features.dtype, device=features.device)
    b = torch.zeros(1, dtype=features.dtype, device=features.device)
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            dw, db = linreg_gradients(X, w, b, y)
            sgd([w, b], [dw, db], lr, len(X))
    return w, b
    ### END SOLUTION

# %% [markdown] lang="en" story="synthetic_data squared_loss linreg normal_equation train_linreg"
# ## What it was for
#
# Everything above comes together: data with one feature, minibatches, gradients, steps. Below, your
# training runs for one to eight epochs, always from the beginning. On the left, the line that it
# finds after one epoch and after eight; on the right, how far the loss falls, and the loss of the
# analytic solution, which no training can beat. Change the learning rate to 0.01, then to 1.

# %% [markdown] lang="zh" story="synthetic_data squared_loss linreg normal_equation train_linreg"
# ## 这一切的用处
#
# 现在把前面的内容合在一起：只有一个特征的数据、小批量、梯度、更新。下面用你写的训练函数，
# 每次都从头开始，分别训练一到八个迭代周期。左图是训练一个周期和八个周期后得到的直线；
# 右图是损失下降的过程，以及解析解的损失，任何训练都不可能比它更低。
# 把学习率改成0.01再试一次，然后改成1。

# %% story="synthetic_data squared_loss linreg normal_equation train_linreg" framework="torch"
import numpy

array, as_numpy = torch.as_tensor, numpy.asarray
torch.manual_seed(1)

# %% story="synthetic_data squared_loss linreg normal_equation train_linreg" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray
numpy.random.seed(1)

# %% story="synthetic_data squared_loss linreg normal_equation train_linreg" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray
tf.random.set_seed(1)

# %% story="synthetic_data squared_loss linreg normal_equation train_linreg" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray
numpy.random.seed(1)

# %% story="synthetic_data squared_loss linreg normal_equation train_linreg" framework="mxnet"
import numpy

npx.random.seed(1)

array = np.array


def as_numpy(x):
    return x.asnumpy() if hasattr(x, "asnumpy") else numpy.asarray(x)

# %% story="synthetic_data squared_loss linreg normal_equation train_linreg"
import matplotlib.pyplot as plt

learning_rate = 0.1
features, labels = synthetic_data(array([[2.0]]), 4.2, 200)
x, y = as_numpy(features), as_numpy(labels)
trained = [train_linreg(features, labels, learning_rate, epochs, 20) for epochs in range(1, 9)]
predicted = [linreg(features, w, b) for w, b in trained]
losses = [numpy.mean(as_numpy(squared_loss(y_hat, labels))) for y_hat in predicted]
best = as_numpy(normal_equation(features, labels))
least = float(numpy.mean((x @ best[:-1] + best[-1] - y) ** 2 / 2))
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
left.scatter(x, y, s=8, color="0.6")
ends = numpy.array([[x.min()], [x.max()]])
for epochs, style in ((1, "--"), (8, "-")):
    w, b = (as_numpy(part) for part in trained[epochs - 1])
    left.plot(ends, ends @ w + b, style, label=f"epochs = {epochs}")
left.set(xlabel="x", ylabel="y")
left.legend()
right.semilogy(range(1, 9), losses, "o-", label="train_linreg")
right.axhline(least, linestyle=":", color="k", label="normal_equation")
right.set(xlabel="epochs", ylabel="loss")
right.legend()
plt.show()
