# %% [markdown] lang="en"
# A multilayer perceptron is a chain of simple functions, and backpropagation walks the chain
# backwards. Here you write both directions by hand: first of single layers, then of a network.
#
# Examples are rows: `x` and `X` are `(n, d)`. An argument called `dout` is the gradient of some
# loss with respect to what a function returned; the backward function turns it into the gradients
# of the same loss with respect to what the function was given.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %% [markdown] lang="zh"
# 多层感知机是一串简单函数的复合，反向传播则沿着这条链逆向而行。
# 本次作业将手工实现这两个方向：先实现单个层，再实现整个网络。
#
# 每一行是一个样本：`x`和`X`的形状为`(n, d)`。
# 参数`dout`表示某个损失关于函数返回值的梯度；反向函数由它求出同一损失关于函数各输入的梯度。
#
# 传入的数组至少有一个元素，并像新建的数组那样在内存中按行存放。如果元素是浮点数，
# 类型就是float32或float64。

# %%
import numpy as np

# %% [markdown] lang="en" exercise="relu"
# Apply the rectified linear unit to every entry of `x`:
#
# $$\operatorname{ReLU}(x) = \max(x, 0).$$
#
# `x` may have any shape and holds floating-point numbers. Return an array of the same shape and
# dtype; `x` itself must be unchanged on return.

# %% [markdown] lang="zh" exercise="relu"
# 对`x`的每个元素应用修正线性单元：
#
# $$\operatorname{ReLU}(x) = \max(x, 0).$$
#
# `x`可以是任意形状，其元素是浮点数。返回形状和数据类型都与`x`相同的数组；
# 函数返回后`x`本身必须保持不变。

# %% exercise="relu"
def relu(x):
    ### BEGIN SOLUTION
    return np.maximum(x, 0)
    ### END SOLUTION

# %% [markdown] lang="en" exercise="relu_backward"
# A network computed `relu(x)`, and `dout` is the gradient of its loss with respect to that result.
# Return the gradient of the loss with respect to `x`.
#
# `dout` and `x` have the same shape, which may be any, and the same dtype; the result has them
# too. At exactly 0 ReLU has no derivative: there you may use any slope from 0 to 1.
# `dout` and `x` must be unchanged on return.

# %% [markdown] lang="zh" exercise="relu_backward"
# 某个网络计算了`relu(x)`，`dout`是损失关于该结果的梯度。返回损失关于`x`的梯度。
#
# `dout`和`x`的形状相同（可以是任意形状），数据类型也相同；返回值的形状和数据类型与它们一致。
# ReLU在0处不可导：在该处可以取0到1之间的任意斜率。
# 函数返回后`dout`和`x`必须保持不变。

# %% exercise="relu_backward"
def relu_backward(dout, x):
    ### BEGIN SOLUTION
    return dout * (x > 0)
    ### END SOLUTION

# %% [markdown] lang="en" exercise="sigmoid"
# The sigmoid squeezes any number into the interval from $0$ to $1$. It was the usual activation of
# hidden units before ReLU, and it still turns a score into a probability. Apply it to every entry
# of `x`:
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}.$$
#
# `x` may have any shape and holds floating-point numbers. Return an array of the same shape and
# dtype. For `x = [0, 2]` it is about `[0.5, 0.881]`.
#
# The result must be right and finite for entries as large as $1000$ and as small as $-1000$, where
# $e^{-x}$ is more than a floating-point number can hold. `x` must be unchanged on return.

# %% [markdown] lang="zh" exercise="sigmoid"
# sigmoid函数将任意实数压缩到$0$与$1$之间。在ReLU之前，它是隐藏单元常用的激活函数；如今仍用它把得分
# 变成概率。对`x`的每个元素应用sigmoid函数：
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}.$$
#
# `x`可以是任意形状，其元素是浮点数。返回形状和数据类型都与`x`相同的数组。例如`x = [0, 2]`时，
# 结果约为`[0.5, 0.881]`。
#
# 当元素大到$1000$、小到$-1000$时，结果都必须正确且有限，尽管此时$e^{-x}$可能超出浮点数的范围。
# 函数返回后，`x`必须保持不变。

# %% exercise="sigmoid"
def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return the sigmoid of every entry of ``x``."""
    ### BEGIN SOLUTION
    e = np.exp(-np.abs(x))  # at most 1, however large x is
    return np.where(x >= 0, 1, e) / (1 + e)
    ### END SOLUTION

# %% [markdown] lang="en" exercise="sigmoid_backward"
# A network computed $y = \sigma(x)$ by `sigmoid(x)`, and `dout` is the gradient of its loss $L$
# with respect to that result. Return the gradient of the loss with respect to `x`. By the chain
# rule, it is for each entry
#
# $$\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} \, \sigma'(x).$$
#
# The curve is steepest at $0$, with a slope of $\frac{1}{4}$, and flat far away: there gradients
# vanish. For `dout = [2, 2]` and `x = [0, 2]` the result is about `[0.5, 0.21]`.
#
# `dout` and `x` have the same shape, which may be any, and the same dtype; the result has them
# too. It must be right and finite for entries of `x` as large as $1000$ and as small as $-1000$.
# Your `sigmoid` may be called. `dout` and `x` must be unchanged on return.

# %% [markdown] lang="zh" exercise="sigmoid_backward"
# 某个网络用`sigmoid(x)`计算了$y = \sigma(x)$，`dout`是损失$L$关于该结果的梯度。返回损失关于`x`的
# 梯度。根据链式法则，对每个元素有
#
# $$\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} \, \sigma'(x).$$
#
# 曲线在$0$处最陡，斜率为$\frac{1}{4}$；在远处则很平坦，梯度因此消失。例如`dout = [2, 2]`、
# `x = [0, 2]`时，结果约为`[0.5, 0.21]`。
#
# `dout`和`x`的形状相同（可以是任意形状），数据类型也相同；返回值的形状和数据类型与它们一致。
# 当`x`的元素大到$1000$、小到$-1000$时，结果都必须正确且有限。可以调用你自己写的`sigmoid`。
# 函数返回后，`dout`和`x`必须保持不变。

# %% exercise="sigmoid_backward"
def sigmoid_backward(dout: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient of the loss with respect to ``x``."""
    ### BEGIN SOLUTION
    y = sigmoid(x)
    return dout * y * (1 - y)
    ### END SOLUTION

# %% [markdown] lang="en" exercise="tanh_backward"
# The hyperbolic tangent is a sigmoid whose values run from $-1$ to $1$,
#
# $$\tanh(x) = \frac{1 - e^{-2x}}{1 + e^{-2x}},$$
#
# and your framework has it. A network computed `tanh(x)`, and `dout` is the gradient of its loss
# with respect to that result. Return the gradient of the loss with respect to `x`, the input of
# the function and not its result.
#
# The slope is $1$ at $0$ and falls to $0$ on both sides: for `dout = [2, 2]` and `x = [0, 1]` the
# result is about `[2, 0.84]`.
#
# `dout` and `x` have the same shape, which may be any, and the same dtype; the result has them
# too. It must be right and finite for entries of `x` as large as $1000$ and as small as $-1000$.
# `dout` and `x` must be unchanged on return.

# %% [markdown] lang="zh" exercise="tanh_backward"
# 双曲正切函数（tanh）的曲线与sigmoid相似，但取值在$-1$与$1$之间：
#
# $$\tanh(x) = \frac{1 - e^{-2x}}{1 + e^{-2x}}.$$
#
# 深度学习框架都提供了这个函数。某个网络计算了`tanh(x)`，`dout`是损失关于该结果的梯度。
# 返回损失关于`x`的梯度；这里的`x`是函数的输入，而不是它的结果。
#
# 曲线在$0$处的斜率为$1$，向两侧逐渐降为$0$。例如`dout = [2, 2]`、`x = [0, 1]`时，
# 结果约为`[2, 0.84]`。
#
# `dout`和`x`的形状相同（可以是任意形状），数据类型也相同；返回值的形状和数据类型与它们一致。
# 当`x`的元素大到$1000$、小到$-1000$时，结果都必须正确且有限。函数返回后，`dout`和`x`必须保持不变。

# %% exercise="tanh_backward"
def tanh_backward(dout: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient of the loss with respect to ``x``."""
    ### BEGIN SOLUTION
    y = np.tanh(x)
    return dout * (1 - y * y)
    ### END SOLUTION

# %% [markdown] lang="en" story="relu relu_backward sigmoid sigmoid_backward tanh_backward"
# ## Three curves and their slopes
#
# Here are the activation functions on the left, and on the right the slopes that you have written:
# what is left of a gradient of 1 on its way back through each of them. The sigmoid passes on a
# quarter at most. After five layers of it, at most a thousandth is left, and far from 0 nothing at
# all: the gradient *vanishes*. ReLU passes on everything, or nothing.

# %% [markdown] lang="zh" story="relu relu_backward sigmoid sigmoid_backward tanh_backward"
# ## 三条曲线和它们的斜率
#
# 左图是各个激活函数，右图是你写出的斜率：大小为1的梯度反向通过激活函数之后还剩下多少。
# sigmoid函数最多只让四分之一通过，经过五层之后最多剩下千分之一，而在远离0的地方几乎什么也不剩：
# 这就是*梯度消失*。ReLU要么全部通过，要么完全不通过。

# %% story="relu relu_backward sigmoid sigmoid_backward tanh_backward" framework="torch"
import numpy

array, as_numpy = torch.as_tensor, numpy.asarray

# %% story="relu relu_backward sigmoid sigmoid_backward tanh_backward" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray

# %% story="relu relu_backward sigmoid sigmoid_backward tanh_backward" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray

# %% story="relu relu_backward sigmoid sigmoid_backward tanh_backward" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray

# %% story="relu relu_backward sigmoid sigmoid_backward tanh_backward" framework="mxnet"
import numpy

array = np.array


def as_numpy(x):
    return x.asnumpy() if hasattr(x, "asnumpy") else numpy.asarray(x)

# %% story="relu relu_backward sigmoid sigmoid_backward tanh_backward"
import matplotlib.pyplot as plt

x = numpy.linspace(-6, 6, 242)
ones = array(numpy.ones(242))
curves = {
    "ReLU": (relu(array(x)), relu_backward(ones, array(x)), "-"),
    "sigmoid": (sigmoid(array(x)), sigmoid_backward(ones, array(x)), "--"),
    "tanh": (numpy.tanh(x), tanh_backward(ones, array(x)), "-."),
}
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
for label, (value, slope, style) in curves.items():
    left.plot(x, as_numpy(value), style, label=label)
    right.plot(x, as_numpy(slope), style, label=label)
left.set(xlabel="x", ylabel="activation", ylim=(-1.2, 3))
right.set(xlabel="x", ylabel="slope")
left.legend()
right.legend()
plt.show()

# %% [markdown] lang="en" exercise="linear_forward"
# A fully connected layer maps every example linearly to `k` outputs and adds a bias to each:
#
# $$\mathbf{y} = \mathbf{x} \mathbf{W} + \mathbf{b}.$$
#
# `x` is `(n, d)`, `W` is `(d, k)` and `b` is `(k,)`. Return `(n, k)`, also if `n` or `k` is 1,
# in the dtype of the arguments. The arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="linear_forward"
# 全连接层将每个样本线性映射为`k`个输出，并为每个输出加上偏置：
#
# $$\mathbf{y} = \mathbf{x} \mathbf{W} + \mathbf{b}.$$
#
# `x`的形状为`(n, d)`，`W`为`(d, k)`，`b`为`(k,)`。
# 返回形状为`(n, k)`的数组（`n`或`k`为1时也是如此），数据类型与参数相同。
# 函数返回后各参数必须保持不变。

# %% exercise="linear_forward"
def linear_forward(x, W, b):
    ### BEGIN SOLUTION
    return x @ W + b
    ### END SOLUTION

# %% [markdown] lang="en" exercise="linear_backward"
# A network computed `linear_forward(x, W, b)`, and `dout` `(n, k)` is the gradient of its loss with
# respect to that result. Return three gradients of the loss, in this order:
#
# - `dx` `(n, d)`, with respect to `x`;
# - `dW` `(d, k)`, with respect to `W`;
# - `db` `(k,)`, with respect to `b`.
#
# Each is checked on its own. `dout` already holds every constant of the loss: nothing is averaged
# here. The gradients have the dtype of the arguments, which must be unchanged on return.

# %% [markdown] lang="zh" exercise="linear_backward"
# 某个网络计算了`linear_forward(x, W, b)`，`dout`的形状为`(n, k)`，是损失关于该结果的梯度。
# 依次返回损失的三个梯度：
#
# - `dx`，形状为`(n, d)`，关于`x`；
# - `dW`，形状为`(d, k)`，关于`W`；
# - `db`，形状为`(k,)`，关于`b`。
#
# 三个梯度分别评分。损失中的所有常数都已包含在`dout`里：这里不做任何平均。
# 梯度的数据类型与参数相同；函数返回后各参数必须保持不变。

# %% exercise="linear_backward"
def linear_backward(dout, x, W):
    ### BEGIN SOLUTION
    dx = dout @ W.T
    dW = x.T @ dout
    db = dout.sum(axis=0)
    return dx, dW, db
    ### END SOLUTION

# %% [markdown] lang="en" exercise="mlp_forward"
# A perceptron with one hidden layer: the hidden units are sigmoid, the output layer is linear.
#
# $$\mathbf{H} = \sigma(\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1), \qquad
# \mathbf{O} = \mathbf{H} \mathbf{W}_2 + \mathbf{b}_2, \qquad
# \sigma(z) = \frac{1}{1 + e^{-z}}.$$
#
# `X` is `(n, d)`, `W1` `(d, h)`, `b1` `(h,)`, `W2` `(h, k)` and `b2` `(k,)`. Return $\mathbf{O}$,
# `(n, k)`, also if `n` or `k` is 1, in the dtype of the arguments. Inputs are moderate: $e^{-z}$
# does not overflow. The arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="mlp_forward"
# 实现含单个隐藏层的感知机：隐藏单元使用sigmoid激活函数，输出层是线性的。
#
# $$\mathbf{H} = \sigma(\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1), \qquad
# \mathbf{O} = \mathbf{H} \mathbf{W}_2 + \mathbf{b}_2, \qquad
# \sigma(z) = \frac{1}{1 + e^{-z}}.$$
#
# `X`的形状为`(n, d)`，`W1`为`(d, h)`，`b1`为`(h,)`，`W2`为`(h, k)`，`b2`为`(k,)`。
# 返回$\mathbf{O}$，形状为`(n, k)`（`n`或`k`为1时也是如此），数据类型与参数相同。
# 输入的数值适中：$e^{-z}$不会溢出。函数返回后各参数必须保持不变。

# %% exercise="mlp_forward"
def mlp_forward(X, W1, b1, W2, b2):
    ### BEGIN SOLUTION
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    return H @ W2 + b2
    ### END SOLUTION

# %% [markdown] lang="en"
# The loss of the next exercise, for you to compare your gradients with finite differences.

# %% [markdown] lang="zh"
# 下一题使用的损失；可以用它的有限差分来核对自己的梯度。

# %% framework="numpy torch jax mxnet"
def mlp_loss(X, y, W1, b1, W2, b2):
    """Half the squared error, summed over outputs, averaged over examples."""
    return ((mlp_forward(X, W1, b1, W2, b2) - y) ** 2).sum() / (2 * len(X))

# %% framework="tensorflow"
def mlp_loss(X, y, W1, b1, W2, b2):
    """Half the squared error, summed over outputs, averaged over examples."""
    return tf.reduce_sum((mlp_forward(X, W1, b1, W2, b2) - y) ** 2) / (2 * len(X))

# %% [markdown] lang="en" exercise="mlp_backward"
# Backpropagation by hand through the network of `mlp_forward`. The loss is half the squared error,
# summed over the outputs and averaged over the `n` examples:
#
# $$L = \frac{1}{n} \sum_{i=1}^{n} \frac{1}{2} \sum_{j=1}^{k} (O_{ij} - y_{ij})^2.$$
#
# `X` is `(n, d)` and `y` is `(n, k)`; `k` may be 1. Return the gradients of $L$ with respect to
# `W1`, `b1`, `W2` and `b2`, in this order, each in the shape of its parameter and the dtype of the
# arguments. Each is checked on its own. The arguments must be unchanged on return: computing
# gradients is not yet a step of training.

# %% [markdown] lang="zh" exercise="mlp_backward"
# 对`mlp_forward`中的网络手工实现反向传播。损失是平方误差的一半，对各输出求和，再对`n`个样本取平均：
#
# $$L = \frac{1}{n} \sum_{i=1}^{n} \frac{1}{2} \sum_{j=1}^{k} (O_{ij} - y_{ij})^2.$$
#
# `X`的形状为`(n, d)`，`y`为`(n, k)`，`k`可以为1。依次返回$L$关于`W1`、`b1`、`W2`和`b2`的梯度，
# 每个梯度的形状与相应的参数相同，数据类型与传入的参数相同，并且分别评分。
# 函数返回后各参数必须保持不变：这里只计算梯度，还不更新参数。

# %% exercise="mlp_backward"
def mlp_backward(X, y, W1, b1, W2, b2):
    ### BEGIN SOLUTION
    H = 1 / (1 + np.exp(-(X @ W1 + b1)))
    O = H @ W2 + b2

    dO = (O - y) / len(X)
    dW2 = H.T @ dO
    db2 = dO.sum(axis=0)
    dH = dO @ W2.T
    dZ = dH * H * (1 - H)
    dW1 = X.T @ dZ
    db1 = dZ.sum(axis=0)
    return dW1, db1, dW2, db2
    ### END SOLUTION

# %% [markdown] lang="en" story="mlp_forward mlp_backward"
# ## What a line cannot do
#
# These points lie on a wave. No straight line comes near them; your network does. It begins with
# random weights, and each step moves them against the gradient that your backpropagation has found.
# No library differentiates anything here. On the left, the best line, your network after 100 steps,
# and in the end; on the right, its loss falls below that of the line. Try `hidden = 2`: how many
# bends can the curve have then?

# %% [markdown] lang="zh" story="mlp_forward mlp_backward"
# ## 直线做不到的事
#
# 这些点落在一条波浪线上，任何直线都无法拟合它们，而你的网络可以。权重从随机值开始，
# 每一步都沿着你用反向传播求出的梯度的反方向移动，这里没有任何框架替你求导。
# 左图是最好的直线，以及训练100步之后和训练结束时你的网络；右图是网络的损失，它降到了直线的损失之下。
# 试试`hidden = 2`：这时曲线能有几个弯？

# %% story="mlp_forward mlp_backward" framework="torch"
import numpy

array, as_numpy = torch.as_tensor, numpy.asarray

# %% story="mlp_forward mlp_backward" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray

# %% story="mlp_forward mlp_backward" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray

# %% story="mlp_forward mlp_backward" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray

# %% story="mlp_forward mlp_backward" framework="mxnet"
import numpy

array = np.array


def as_numpy(x):
    return x.asnumpy() if hasattr(x, "asnumpy") else numpy.asarray(x)

# %% story="mlp_forward mlp_backward"
import matplotlib.pyplot as plt

hidden, learning_rate, steps = 10, 0.4, 1200
rng = numpy.random.default_rng(5)
x = rng.uniform(-3, 3, size=(80, 1))
y = numpy.sin(2 * x) + 0.1 * rng.normal(size=(80, 1))
params = [3 * rng.normal(size=(1, hidden)), 5 * rng.normal(size=hidden)]
params += [0.3 * rng.normal(size=(hidden, 1)), numpy.zeros(1)]
grid = numpy.linspace(-3, 3, 201).reshape(-1, 1)
data, losses, fits = (array(x), array(y)), {}, {}
for step in range(steps + 1):
    weights = [array(p) for p in params]
    if step in (100, steps):
        fits[step] = as_numpy(mlp_forward(array(grid), *weights))
    if step % 10 == 0:
        losses[step] = float(mlp_loss(*data, *weights))
    gradients = mlp_backward(*data, *weights)
    params = [p - learning_rate * as_numpy(g) for p, g in zip(params, gradients, strict=True)]
line = numpy.polyfit(x[:, 0], y[:, 0], 1)
least = numpy.mean((numpy.polyval(line, x) - y) ** 2) / 2
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.5), layout="constrained")
left.scatter(x, y, s=8, color="0.6")
left.plot(grid, numpy.polyval(line, grid), "k:", label="best line")
for (step, fit), style in zip(fits.items(), ("--", "-"), strict=True):
    left.plot(grid, fit, style, label=f"network, step {step}")
left.set(xlabel="x", ylabel="y", ylim=(-1.5, 2.6))
left.legend(ncols=2, fontsize="small")
right.semilogy(losses.keys(), losses.values(), label="network")
right.axhline(least, linestyle=":", color="k", label="best line")
right.set(xlabel="step", ylabel="loss")
right.legend()
plt.show()

# %% [markdown] lang="en" exercise="zero_grad"
# A framework keeps the gradient of a parameter in its attribute `grad`, and every backward pass
# *adds* to what stands there. Before the next one, the old gradients have to go.
#
# `params` is a list of parameters, each of any shape with one axis or more. The `grad` of a
# parameter is an array of its shape, or `None` if no backward pass has reached it yet. Clear the
# gradient of every parameter: on return, its `grad` is all zeros, or `None`. A parameter without a
# gradient stays without: its `grad` remains `None`. The values of the parameters must be unchanged;
# what the function returns does not matter.
#
# If `w` is `[1., 2.]` and its `grad` is `[4., 8.]`, then after `zero_grad([w])` the former is still
# `[1., 2.]`, and the latter is `[0., 0.]` or `None`.

# %% [markdown] lang="zh" exercise="zero_grad"
# 框架把参数的梯度保存在它的属性`grad`中，而每次反向传播都会在已有的值上*累加*。因此在下一次反向传播
# 之前，必须清除旧的梯度。
#
# `params`是由参数组成的列表，每个参数可以是任意形状（至少一个轴）。参数的`grad`是与它形状相同的
# 数组；如果还没有反向传播到达过它，则为`None`。请清除每个参数的梯度：函数返回后，其`grad`全为零，
# 或者为`None`。没有梯度的参数仍然没有梯度：它的`grad`保持为`None`。参数的值必须保持不变；
# 函数的返回值不限。
#
# 例如，`w`为`[1., 2.]`，其`grad`为`[4., 8.]`，那么调用`zero_grad([w])`之后，前者仍是`[1., 2.]`，
# 后者为`[0., 0.]`或`None`。

# %% [markdown] lang="en" exercise="zero_grad" framework="numpy"
# Arrays of NumPy have no gradients. The parameters here are arrays that have been given the
# attribute `grad`.

# %% [markdown] lang="zh" exercise="zero_grad" framework="numpy"
# NumPy数组没有梯度。这里的参数是添加了属性`grad`的数组。

# %% [markdown] lang="en" exercise="zero_grad" framework="tensorflow"
# TensorFlow returns gradients from `tf.GradientTape` and keeps none. The parameters here are
# variables (`tf.Variable`) that have been given the attribute `grad`, a tensor.

# %% [markdown] lang="zh" exercise="zero_grad" framework="tensorflow"
# TensorFlow由`tf.GradientTape`返回梯度，自己并不保存。这里的参数是添加了属性`grad`（一个张量）的
# 变量（`tf.Variable`）。

# %% [markdown] lang="en" exercise="zero_grad" framework="jax"
# Arrays of JAX never change, and they have no gradients. The parameters here are objects with two
# attributes, `value` and `grad`, which may be given new arrays: `p.grad = …`.

# %% [markdown] lang="zh" exercise="zero_grad" framework="jax"
# JAX数组从不改变，也没有梯度。这里的参数是有`value`和`grad`两个属性的对象，可以为属性赋予新的数组：
# `p.grad = …`。

# %% [markdown] lang="en" exercise="zero_grad" framework="mxnet"
# MXNet lets nobody assign to `grad` itself, only to its entries: `p.grad[:] = …`.

# %% [markdown] lang="zh" exercise="zero_grad" framework="mxnet"
# MXNet不允许对`grad`本身赋值，只能对它的元素赋值：`p.grad[:] = …`。

# %% exercise="zero_grad"
def zero_grad(params):
    """Clear the gradient of every parameter that has one."""
    ### BEGIN SOLUTION
    for param in params:
        if param.grad is not None:
            param.grad[...] = 0
    ### END SOLUTION

# %% [markdown] lang="en" exercise="optimizer_step"
# Take one step of gradient descent. `params` is a list of parameters as in `zero_grad`, each with a
# gradient $\mathbf{g}$ in its attribute `grad`, or with `None` there. A parameter $\mathbf{p}$ that
# has a gradient moves by
#
# $$\mathbf{p} \leftarrow \mathbf{p} - \eta \, \mathbf{g},$$
#
# where $\eta$ is `lr`, a positive number. A parameter without a gradient is left alone.
#
# The parameters are changed *in place*: `w` with the value `[1., 2.]` and the `grad` `[4., 8.]` is
# `[0., 0.]` after `optimizer_step([w], 0.25)`. Each step goes by the gradients of that step alone.
# Whether the gradients are kept or cleared is up to you, and what the function returns does not
# matter.

# %% [markdown] lang="zh" exercise="optimizer_step"
# 执行一步梯度下降。与`zero_grad`一样，`params`是由参数组成的列表，每个参数的属性`grad`是它的梯度
# $\mathbf{g}$，或者为`None`。有梯度的参数$\mathbf{p}$按下式更新：
#
# $$\mathbf{p} \leftarrow \mathbf{p} - \eta \, \mathbf{g},$$
#
# 其中$\eta$即`lr`，是一个正数。没有梯度的参数保持原样。
#
# 参数要*原地*修改：如果`w`的值为`[1., 2.]`，其`grad`为`[4., 8.]`，那么调用
# `optimizer_step([w], 0.25)`之后，`w`为`[0., 0.]`。每一步只取决于这一步的梯度。
# 梯度可以保留，也可以清除；函数的返回值不限。

# %% [markdown] lang="en" exercise="optimizer_step" framework="torch"
# The parameters require grad: the update itself is not to be recorded for differentiation, while
# everything computed after the call is recorded, or not, as before.

# %% [markdown] lang="zh" exercise="optimizer_step" framework="torch"
# 这些参数需要梯度：更新操作本身不应被自动微分记录，而函数返回之后的计算是否被记录，
# 应与调用之前相同。

# %% [markdown] lang="en" exercise="optimizer_step" framework="tensorflow"
# The parameters are variables with an attribute `grad`; change them by `assign` or `assign_sub`.

# %% [markdown] lang="zh" exercise="optimizer_step" framework="tensorflow"
# 这些参数是有属性`grad`的变量；请用`assign`或`assign_sub`修改它们。

# %% [markdown] lang="en" exercise="optimizer_step" framework="jax"
# The parameters are objects with the attributes `value` and `grad`; to change one, give it a new
# array: `p.value = …`.

# %% [markdown] lang="zh" exercise="optimizer_step" framework="jax"
# 这些参数是有`value`和`grad`两个属性的对象；要修改参数，就赋予它新的数组：`p.value = …`。

# %% exercise="optimizer_step"
def optimizer_step(params, lr):
    """Move every parameter that has a gradient downhill, in place."""
    ### BEGIN SOLUTION
    for param in params:
        if param.grad is not None:
            param -= lr * param.grad
    ### END SOLUTION

# %% [markdown] lang="en" exercise="train_mlp"
# Now train a network: one hidden layer with `hidden` units and the activation $\tanh$, and a linear
# output,
#
# $$\hat{\mathbf{y}} = \tanh(\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1) \, \mathbf{W}_2 + b_2.$$
#
# `X` is `(n, d)` and `y` is `(n, 1)`. Draw the weights from a normal distribution with mean $0$ and
# standard deviation $0.5$; the biases begin at $0$. Then take `num_epochs` steps of gradient descent
# with the learning rate `lr`, each over **all** examples at once; the loss is half the squared error,
# averaged over the examples,
#
# $$L = \frac{1}{2n} \sum_{i=1}^{n} (\hat{y}_i - y_i)^2.$$
#
# Return a callable `net`: `net(X)` gives the predictions `(n, 1)` for examples of any number. With
# `num_epochs = 0` that is the network as it began, which knows nothing of `y`. On the data handed in
# no line does well; after training, the mean squared error on them must be at most half that of the
# best line. Where the steps are few, the network must only have gone as far as they lead.
#
# Your framework's gradients, layers and optimizers may be used. `X` and `y` must be unchanged on
# return.

# %% [markdown] lang="zh" exercise="train_mlp"
# 现在训练一个网络：一个含`hidden`个单元的隐藏层，激活函数为$\tanh$，输出层是线性的，
#
# $$\hat{\mathbf{y}} = \tanh(\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1) \, \mathbf{W}_2 + b_2.$$
#
# `X`的形状为`(n, d)`，`y`为`(n, 1)`。权重从均值为$0$、标准差为$0.5$的正态分布中抽取，
# 偏置初始化为$0$。然后以学习率`lr`做`num_epochs`步梯度下降，每一步都使用**全部**样本；
# 损失是平方误差的一半，对所有样本取平均，
#
# $$L = \frac{1}{2n} \sum_{i=1}^{n} (\hat{y}_i - y_i)^2.$$
#
# 返回一个可调用对象`net`：对任意多个样本，`net(X)`给出形状为`(n, 1)`的预测。`num_epochs = 0`时，
# 它就是初始的网络，对`y`一无所知。传入的数据无法用直线很好地拟合；训练之后，在这些数据上的均方误差
# 不得超过最佳直线的一半。如果步数很少，网络只应走到这几步所能到达的地方。
#
# 可以使用框架的自动微分、层和优化器。函数返回后，`X`和`y`必须保持不变。

# %% exercise="train_mlp"
def train_mlp(X, y, hidden, lr, num_epochs):
    """Return a network with one hidden layer, trained to predict ``y`` from ``X``."""
    ### BEGIN SOLUTION
    W1 = np.random.normal(0, 0.5, (X.shape[1], hidden))
    b1 = np.zeros(hidden)
    W2 = np.random.normal(0, 0.5, (hidden, 1))
    b2 = np.zeros(1)
    for _ in range(num_epochs):
        H = np.tanh(X @ W1 + b1)
        dO = (H @ W2 + b2 - y) / len(X)
        dZ = (dO @ W2.T) * (1 - H * H)
        W2 -= lr * (H.T @ dO)
        b2 -= lr * dO.sum(axis=0)
        W1 -= lr * (X.T @ dZ)
        b1 -= lr * dZ.sum(axis=0)
    return lambda X: np.tanh(X @ W1 + b1) @ W2 + b2
    ### END SOLUTION
