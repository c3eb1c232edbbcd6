# %% [markdown] lang="en"
# A network is put together from *blocks*. A block is called like a function, `net(X)`; it owns its
# parameters, so that an optimizer finds them and a file can hold them; and it may behave otherwise
# while it is trained. A whole network is a block, too. Here you write four of those that every
# framework comes with.

# %% [markdown] lang="zh"
# 神经网络由*块*（block）组合而成。块可以像函数一样调用：`net(X)`；它拥有自己的参数，
# 因此优化器能找到这些参数，它们也能存入文件；块在训练时的行为可以与平时不同。整个网络也是一个块。
# 本次作业将亲手实现各框架都自带的四种块。

# %% [markdown] lang="en" framework="torch"
# In PyTorch a block is an `nn.Module` with a method `forward`. `parameters()` finds its parameters,
# `state_dict()` is what is saved of it, and `train()` and `eval()` switch its mode, `training`.

# %% [markdown] lang="zh" framework="torch"
# 在PyTorch中，块是带有`forward`方法的`nn.Module`。`parameters()`找出它的参数，
# `state_dict()`是保存的内容，`train()`和`eval()`切换它的模式`training`。

# %% [markdown] lang="en" framework="tensorflow"
# In TensorFlow a block is a layer or a model of Keras with a method `call`. Its parameters are
# `trainable_variables`, `get_weights()` is what is saved of it, and whether it is being trained is
# the argument `training` of `call`, which Keras hands on to the blocks within.

# %% [markdown] lang="zh" framework="tensorflow"
# 在TensorFlow中，块是Keras的层或模型，带有`call`方法。它的参数是`trainable_variables`，
# `get_weights()`是保存的内容；是否正在训练由`call`的参数`training`给出，Keras会把它传给内部的块。

# %% [markdown] lang="en" framework="mxnet"
# In MXNet a block is a `gluon.Block` with a method `forward`. Its parameters are `collect_params()`;
# whoever uses a block initializes them, unless you have. `save_parameters` says what is saved,
# and `autograd.is_training()` whether the block is being trained.

# %% [markdown] lang="zh" framework="mxnet"
# 在MXNet中，块是带有`forward`方法的`gluon.Block`。它的参数是`collect_params()`；如果你没有初始化参数，
# 使用这个块的人会初始化它们。`save_parameters`决定保存的内容，`autograd.is_training()`表示是否正在训练。

# %% [markdown] lang="en" framework="numpy jax"
# There is no class for blocks here. A block is an object of a class of your own with a method
# `__call__`. Its parameters are the arrays of floats that are its attributes when it has been made,
# also within lists, tuples, dicts and other blocks among its attributes: keep nothing else of this
# kind there. Whoever trains or loads a block puts other values into these places. Whether it is
# being trained is its attribute `training`; whoever switches the mode sets it, in all blocks within
# as well.

# %% [markdown] lang="zh" framework="numpy jax"
# 这里没有现成的块类。块是你自己的类的对象，带有`__call__`方法。它的参数，是对象创建后其属性中的浮点数组，
# 包括属性中的列表、元组、字典以及其他块里的浮点数组：不要在这些地方存放其他浮点数组。
# 训练或加载一个块，就是在这些位置放入新的值。是否正在训练由属性`training`给出；
# 切换模式的人会设置它，内部的所有块也一样。

# %% framework="torch numpy jax"
import torch
from torch import nn
from torch.nn import functional as F

# %% framework="tensorflow"
import tensorflow as tf

# %% framework="mxnet"
from mxnet import autograd, np, npx
from mxnet.gluon import nn

npx.set_np()

# %% [markdown] lang="en" exercise="MLP"
# Write a multilayer perceptron with one hidden layer as a block:
#
# $$\mathbf{H} = \phi(\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1), \qquad
# \mathbf{O} = \mathbf{H} \mathbf{W}_2 + \mathbf{b}_2.$$
#
# $\phi$ is a non-linear activation of your choice, such as ReLU, applied to each number by itself;
# nothing is applied to the output. `MLP(num_inputs, num_hiddens, num_outputs)` makes the block. With
# `net = MLP(4, 8, 3)`, `net(X)` turns `(n, 4)` into `(n, 3)`, also for $n = 1$, and the same `X`
# always gives the same result. `X` must be unchanged on return.
#
# The block has four parameters and no more: a weight for each layer, stored as (inputs, outputs) or
# the other way round, and a bias for each, with as many numbers as the layer has outputs; for
# `MLP(4, 8, 3)` they hold $32 + 8 + 24 + 3 = 67$ numbers. Each of them gets a gradient. The weights
# begin at random: no two hidden units are alike, nor are two blocks, which share no parameters.
# Layers of your framework may be used.

# %% [markdown] lang="zh" exercise="MLP"
# 将含单个隐藏层的多层感知机写成一个块：
#
# $$\mathbf{H} = \phi(\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1), \qquad
# \mathbf{O} = \mathbf{H} \mathbf{W}_2 + \mathbf{b}_2.$$
#
# $\phi$是任选的非线性激活函数（例如ReLU），分别作用于每个数；输出层不使用激活函数。
# `MLP(num_inputs, num_hiddens, num_outputs)`创建这个块。若`net = MLP(4, 8, 3)`，则`net(X)`把形状为
# `(n, 4)`的输入变为`(n, 3)`，$n = 1$时也是如此；同一个`X`总是得到相同的结果。
# 函数返回后，`X`必须保持不变。
#
# 这个块恰好有四个参数：每层一个权重，按（输入，输出）或相反的顺序存放；每层一个偏置，
# 其元素个数等于该层的输出个数。对于`MLP(4, 8, 3)`，它们共有$32 + 8 + 24 + 3 = 67$个数。
# 每个参数都能得到梯度。权重随机初始化：任何两个隐藏单元都不相同，任何两个块也不相同，
# 并且它们不共享参数。可以使用框架提供的层。

# %% exercise="MLP" framework="torch"
class MLP(nn.Module):
    """A multilayer perceptron with one hidden layer."""

    def __init__(self, num_inputs: int, num_hiddens: int, num_outputs: int):
        super().__init__()
        ### BEGIN SOLUTION
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)
        ### END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Return the outputs ``(n, num_outputs)`` for ``X`` ``(n, num_inputs)``."""
        ### BEGIN SOLUTION
        return self.output(F.relu(self.hidden(X)))
        ### END SOLUTION


# %% exercise="MLP" framework="tensorflow"
class MLP(tf.keras.Model):
    """A multilayer perceptron with one hidden layer."""

    def __init__(self, num_inputs: int, num_hiddens: int, num_outputs: int):
        super().__init__()
        ### BEGIN SOLUTION
        self.hidden = tf.keras.layers.Dense(num_hiddens, activation="relu")
        self.output_layer = tf.keras.layers.Dense(num_outputs)
        ### END SOLUTION

    def call(self, X: tf.Tensor) -> tf.Tensor:
        """Return the outputs ``(n, num_outputs)`` for ``X`` ``(n, num_inputs)``."""
        ### BEGIN SOLUTION
        return self.output_layer(self.hidden(X))
        ### END SOLUTION


# %% exercise="MLP" framework="mxnet"
class MLP(nn.Block):
    """A multilayer perceptron with one hidden layer."""

    def __init__(self, num_inputs: int, num_hiddens: int, num_outputs: int):
        super().__init__()
        ### BEGIN SOLUTION
        self.hidden = nn.Dense(num_hiddens, activation="relu", in_units=num_inputs)
        self.output = nn.Dense(num_outputs, in_units=num_hiddens)
        ### END SOLUTION

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return the outputs ``(n, num_outputs)`` for ``X`` ``(n, num_inputs)``."""
        ### BEGIN SOLUTION
        return self.output(self.hidden(X))
        ### END SOLUTION


# %% exercise="MLP" framework="numpy jax"
class MLP:
    """A multilayer perceptron with one hidden layer."""

    def __init__(self, num_inputs: int, num_hiddens: int, num_outputs: int):
        ### BEGIN SOLUTION
        self.W1 = np.random.normal(0, 0.1, (num_inputs, num_hiddens))
        self.b1 = np.zeros(num_hiddens)
        self.W2 = np.random.normal(0, 0.1, (num_hiddens, num_outputs))
        self.b2 = np.zeros(num_outputs)
        ### END SOLUTION

    def __call__(self, X):
        """Return the outputs ``(n, num_outputs)`` for ``X`` ``(n, num_inputs)``."""
        ### BEGIN SOLUTION
        return np.maximum(X @ self.W1 + self.b1, 0) @ self.W2 + self.b2
        ### END SOLUTION


# %% [markdown] lang="en" exercise="MySequential"
# Blocks are often called one after another. `MySequential(*blocks)` is the block that does this:
# `MySequential(a, b, c)(X)` is `c(b(a(X)))`. Any block may take part, also another `MySequential`;
# the same block may come twice and is called twice; and without any blocks, `MySequential()(X)` is
# `X`.
#
# The parameters of a `MySequential` are those of all its blocks; those of a block that comes twice
# count once. The blocks themselves take part, not copies: whatever changes their parameters changes
# the result, and each gets its gradient. Two chains know nothing of each other, even if they have
# blocks in common. When the mode of a chain is switched, that of its blocks is.

# %% [markdown] lang="zh" exercise="MySequential"
# 各个块经常依次调用。`MySequential(*blocks)`就是完成这件事的块：`MySequential(a, b, c)(X)`即
# `c(b(a(X)))`。任何块都可以参与，包括另一个`MySequential`；同一个块可以出现两次，这时它被调用两次；
# 没有任何块时，`MySequential()(X)`就是`X`。
#
# `MySequential`的参数是其中所有块的参数；出现两次的块，其参数只计一次。
# 参与计算的是这些块本身，而不是副本：它们的参数一旦改变，结果随之改变，而且每个参数都能得到梯度。
# 两个`MySequential`互不影响，即使它们含有相同的块。切换`MySequential`的模式时，其中各块的模式也随之切换。

# %% exercise="MySequential" framework="torch"
class MySequential(nn.Module):
    """A chain of blocks, which is a block, too."""

    def __init__(self, *blocks: nn.Module):
        super().__init__()
        ### BEGIN SOLUTION
        self.blocks = nn.ModuleList(blocks)
        ### END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Return what the last block makes of what the others made of ``X``."""
        ### BEGIN SOLUTION
        for block in self.blocks:
            X = block(X)
        return X
        ### END SOLUTION


# %% exercise="MySequential" framework="tensorflow"
class MySequential(tf.keras.Model):
    """A chain of blocks, which is a block, too."""

    def __init__(self, *blocks):
        super().__init__()
        ### BEGIN SOLUTION
        self.blocks = list(blocks)
        ### END SOLUTION

    def call(self, X: tf.Tensor) -> tf.Tensor:
        """Return what the last block makes of what the others made of ``X``."""
        ### BEGIN SOLUTION
        for block in self.blocks:
            X = block(X)
        return X
        ### END SOLUTION


# %% exercise="MySequential" framework="mxnet"
class MySequential(nn.Block):
    """A chain of blocks, which is a block, too."""

    def __init__(self, *blocks: nn.Block):
        super().__init__()
        ### BEGIN SOLUTION
        self.blocks = blocks
        for block in blocks:
            self.register_child(block)
        ### END SOLUTION

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return what the last block makes of what the others made of ``X``."""
        ### BEGIN SOLUTION
        for block in self.blocks:
            X = block(X)
        return X
        ### END SOLUTION


# %% exercise="MySequential" framework="numpy jax"
class MySequential:
    """A chain of blocks, which is a block, too."""

    def __init__(self, *blocks):
        ### BEGIN SOLUTION
        self.blocks = blocks
        ### END SOLUTION

    def __call__(self, X):
        """Return what the last block makes of what the others made of ``X``."""
        ### BEGIN SOLUTION
        for block in self.blocks:
            X = block(X)
        return X
        ### END SOLUTION


# %% [markdown] lang="en" exercise="Dropout"
# Dropout has two faces. `Dropout(p)` makes a block that, **while it is being trained**, sets each
# entry of `X` to $0$ with probability $p$, on its own, and divides those that are left by $1 - p$,
# so that the mean stays what it was:
#
# $$x' = \begin{cases} 0 & \text{with probability } p \\
# \dfrac{x}{1 - p} & \text{otherwise.} \end{cases}$$
#
# Otherwise the result is `X`. With $p = \frac{1}{2}$ in training, `[3., 3., 3.]` may become
# `[6., 0., 6.]`; in evaluation it stays as it is.
#
# $p$ runs from $0$, where nothing is dropped, to $1$, where in training the result is all zeros.
# `X` may have any shape with one axis or more, and is unchanged on return. Each call draws anew. The
# mode can be switched back and forth at any time, also through a block that contains this one. The
# block has no parameters; what comes before it can be trained through it.

# %% [markdown] lang="zh" exercise="Dropout"
# 暂退法有两种表现。`Dropout(p)`创建的块**在训练时**以概率$p$将`X`的每个元素独立地置为$0$，
# 并将其余元素除以$1 - p$，使均值保持不变：
#
# $$x' = \begin{cases} 0 & \text{概率为 } p \\
# \dfrac{x}{1 - p} & \text{其他情况。} \end{cases}$$
#
# 不在训练时，结果就是`X`。例如$p = \frac{1}{2}$时，训练中`[3., 3., 3.]`可能变为`[6., 0., 6.]`；
# 评估时则保持原样。
#
# $p$的取值从$0$（不丢弃任何元素）到$1$（训练时结果全为零）。`X`可以是至少有一个轴的任意形状，
# 函数返回后保持不变。每次调用都重新抽取。模式可以随时来回切换，也可以通过包含它的块来切换。
# 这个块没有参数；它之前的部分可以通过它得到训练。

# %% exercise="Dropout" framework="torch"
class Dropout(nn.Module):
    """Drops entries in training, and does nothing otherwise."""

    def __init__(self, p: float):
        super().__init__()
        ### BEGIN SOLUTION
        self.p = p
        ### END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Return ``X`` with dropout, or ``X`` in evaluation."""
        ### BEGIN SOLUTION
        if not self.training:
            return X
        if self.p == 1:
            return torch.zeros_like(X)
        mask = torch.rand(X.shape) >= self.p
        return X * mask / (1 - self.p)
        ### END SOLUTION


# %% exercise="Dropout" framework="tensorflow"
class Dropout(tf.keras.layers.Layer):
    """Drops entries in training, and does nothing otherwise."""

    def __init__(self, p: float):
        super().__init__()
        ### BEGIN SOLUTION
        self.p = p
        ### END SOLUTION

    def call(self, X: tf.Tensor, training: bool = False) -> tf.Tensor:
        """Return ``X`` with dropout, or ``X`` in evaluation."""
        ### BEGIN SOLUTION
        if not training:
            return X
        if self.p == 1:
            return tf.zeros_like(X)
        mask = tf.random.uniform(tf.shape(X)) >= self.p
        return X * tf.cast(mask, X.dtype) / (1 - self.p)
        ### END SOLUTION


# %% exercise="Dropout" framework="mxnet"
class Dropout(nn.Block):
    """Drops entries in training, and does nothing otherwise."""

    def __init__(self, p: float):
        super().__init__()
        ### BEGIN SOLUTION
        self.p = p
        ### END SOLUTION

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return ``X`` with dropout, or ``X`` in evaluation."""
        ### BEGIN SOLUTION
        if not autograd.is_training():
            return X
        if self.p == 1:
            return np.zeros_like(X)
        mask = np.random.uniform(0, 1, X.shape) >= self.p
        return X * mask.astype(X.dtype) / (1 - self.p)
        ### END SOLUTION


# %% exercise="Dropout" framework="numpy jax"
class Dropout:
    """Drops entries in training, and does nothing otherwise."""

    def __init__(self, p: float):
        self.training = True
        ### BEGIN SOLUTION
        self.p = p
        ### END SOLUTION

    def __call__(self, X):
        """Return ``X`` with dropout, or ``X`` in evaluation."""
        ### BEGIN SOLUTION
        if not self.training:
            return X
        if self.p == 1:
            return np.zeros_like(X)
        mask = np.random.uniform(size=X.shape) >= self.p
        return X * mask / (1 - self.p)
        ### END SOLUTION


# %% [markdown] lang="en" exercise="Linear"
# The layer that most networks are made of, $\mathbf{Y} = \mathbf{X} \mathbf{W} + \mathbf{b}$, with
# parameters of its own. `Linear(in_features, out_features)` makes the block: with
# `layer = Linear(5, 2)`, `layer(X)` turns `(n, 5)` into `(n, 2)`, also for $n = 1$. `X` must be
# unchanged on return.
#
# The block has two parameters and no more, the weight, stored as (inputs, outputs) or the other way
# round, and the bias, with `out_features` numbers. Every entry of the weight begins at a random
# number of its own, so that no two blocks begin alike; the bias may begin at anything, also 0. Each
# object has parameters of its own.
#
# The block can be trained: every call goes by the values that its parameters have then, and both get
# their gradients. And it can be saved: what your framework saves of one block and loads into another
# one of the same sizes makes the other give the same results.

# %% [markdown] lang="zh" exercise="Linear"
# 大多数网络都由这种层组成：$\mathbf{Y} = \mathbf{X} \mathbf{W} + \mathbf{b}$，它拥有自己的参数。
# `Linear(in_features, out_features)`创建这个块：若`layer = Linear(5, 2)`，则`layer(X)`把形状为
# `(n, 5)`的输入变为`(n, 2)`，$n = 1$时也是如此。函数返回后，`X`必须保持不变。
#
# 这个块恰好有两个参数：权重，按（输入，输出）或相反的顺序存放；偏置，有`out_features`个数。
# 权重的每个元素都初始化为各自的随机数，因此任何两个块的初始值都不相同；偏置的初始值不限，可以为0。
# 每个对象都有自己的参数。
#
# 这个块可以训练：每次调用都使用参数当时的值，两个参数都能得到梯度。它也可以保存：
# 用框架保存一个块，再加载到另一个大小相同的块中，后者便给出相同的结果。

# %% exercise="Linear" framework="torch"
class Linear(nn.Module):
    """A fully connected layer."""

    def __init__(self, in_features: int, out_features: int):
        super().__init__()
        ### BEGIN SOLUTION
        self.weight = nn.Parameter(0.1 * torch.randn(in_features, out_features))
        self.bias = nn.Parameter(torch.zeros(out_features))
        ### END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Return the outputs ``(n, out_features)`` for ``X`` ``(n, in_features)``."""
        ### BEGIN SOLUTION
        return X @ self.weight + self.bias
        ### END SOLUTION


# %% exercise="Linear" framework="tensorflow"
class Linear(tf.keras.layers.Layer):
    """A fully connected layer."""

    def __init__(self, in_features: int, out_features: int):
        super().__init__()
        ### BEGIN SOLUTION
        self.weight = self.add_weight(
            shape=(in_features, out_features), initializer="random_normal"
        )
        self.bias = self.add_weight(shape=(out_features,), initializer="zeros")
        ### END SOLUTION

    def call(self, X: tf.Tensor) -> tf.Tensor:
        """Return the outputs ``(n, out_features)`` for ``X`` ``(n, in_features)``."""
        ### BEGIN SOLUTION
        return X @ self.weight + self.bias
        ### END SOLUTION


# %% exercise="Linear" framework="mxnet"
class Linear(nn.Block):
    """A fully connected layer."""

    def __init__(self, in_features: int, out_features: int):
        super().__init__()
        ### BEGIN SOLUTION
        self.weight = self.params.get("weight", shape=(in_features, out_features))
        self.bias = self.params.get("bias", shape=(out_features,), init="zeros")
        ### END SOLUTION

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return the outputs ``(n, out_features)`` for ``X`` ``(n, in_features)``."""
        ### BEGIN SOLUTION
        return np.dot(X, self.weight.data()) + self.bias.data()
        ### END SOLUTION


# %% exercise="Linear" framework="numpy jax"
class Linear:
    """A fully connected layer."""

    def __init__(self, in_features: int, out_features: int):
        ### BEGIN SOLUTION
        self.weight = np.random.normal(0, 0.1, (in_features, out_features))
        self.bias = np.zeros(out_features)
        ### END SOLUTION

    def __call__(self, X):
        """Return the outputs ``(n, out_features)`` for ``X`` ``(n, in_features)``."""
        ### BEGIN SOLUTION
        return X @ self.weight + self.bias
        ### END SOLUTION


# %% [markdown] lang="en" story="MLP MySequential Dropout"
# ## One network, two modes
#
# Your blocks in a chain: an `MLP` makes 200 features of a number, your `Dropout` drops a tenth of
# them. Only the last step is fitted here, by least squares, to what the chain gives in training
# mode. In evaluation mode it then draws one smooth curve. If you forget to switch the mode, each
# call draws another one, and all are rough. On the right, what both modes make of the same number
# again and again: in training mode, an answer is a matter of luck. What does `p = 0.5` do?

# %% [markdown] lang="zh" story="MLP MySequential Dropout"
# ## 一个网络，两种模式
#
# 把你写的块连接起来：`MLP`把一个数变为200个特征，`Dropout`丢弃其中的十分之一。
# 这里只用最小二乘法拟合最后一步，所用的是训练模式下的输出。之后在评估模式下，网络画出一条光滑的曲线；
# 如果忘了切换模式，每次调用都会画出另一条曲线，而且都很粗糙。右图是两种模式下对同一个数反复计算的结果：
# 在训练模式下，得到什么全凭运气。`p = 0.5`时会怎样？

# %% story="MLP MySequential Dropout" framework="torch"
import numpy

torch.manual_seed(1)


def passed(net, X, training):
    net.train(training)
    with torch.no_grad():
        return numpy.asarray(net(torch.tensor(X, dtype=torch.float32)))

# %% story="MLP MySequential Dropout" framework="tensorflow"
import numpy

tf.random.set_seed(1)


def passed(net, X, training):
    return numpy.asarray(net(tf.constant(X, tf.float32), training=training))

# %% story="MLP MySequential Dropout" framework="mxnet"
import numpy

npx.random.seed(1)


def passed(net, X, training):
    net.initialize()  # what is initialized already stays
    with autograd.train_mode() if training else autograd.predict_mode():
        return net(np.array(X, dtype="float32")).asnumpy()

# %% story="MLP MySequential Dropout" framework="numpy jax"
import numpy

numpy.random.seed(1)


def passed(net, X, training):
    for block in (net, mlp, drop):
        block.training = training
    return numpy.asarray(net(np.array(X)))

# %% story="MLP MySequential Dropout"
import matplotlib.pyplot as plt

p = 0.1
mlp, drop = MLP(2, 200, 200), Dropout(p)
net = MySequential(mlp, drop)
rng = numpy.random.default_rng(1)
x = rng.uniform(-3, 3, size=60)
y = numpy.sin(1.5 * x) + 0.1 * rng.normal(size=60)
grid = numpy.linspace(-3, 3, 201)


def features(x, training):
    F = passed(net, numpy.stack([x, numpy.ones_like(x)], axis=1), training).astype(float)
    return numpy.concatenate([F, numpy.ones((len(x), 1))], axis=1)


repeated = numpy.concatenate([features(x, True) for _ in range(30)])
read_off = numpy.linalg.lstsq(repeated, numpy.tile(y, 30), rcond=None)[0]
evaluated = features(grid, False) @ read_off
trained = [features(grid, True) @ read_off for _ in range(5)]
again = [features(numpy.ones(500), training) @ read_off for training in (True, False)]
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.5), layout="constrained")
left.plot(grid, numpy.array(trained).T, color="C1", linewidth=0.7, alpha=0.7)
left.plot([], color="C1", label="training mode")
left.plot(grid, evaluated, label="evaluation mode")
left.scatter(x, y, s=10, color="0.3", zorder=3)
left.set(xlabel="x", ylabel="y", ylim=(-2, 2.5))
left.legend(loc="upper left")
right.hist(again[0], bins=30, color="C1", label="training mode, 500 times")
right.axvline(again[1].mean(), ymax=0.75, label="evaluation mode")
right.set(xlabel="output at x = 1", ylabel="times", ylim=(0, 80))
right.legend()
plt.show()
