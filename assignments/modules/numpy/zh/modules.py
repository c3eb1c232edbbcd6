# %% [markdown]
# # 网络中的块

# %% [markdown]
# 神经网络由*块*（block）组合而成。块可以像函数一样调用：`net(X)`；它拥有自己的参数，
# 因此优化器能找到这些参数，它们也能存入文件；块在训练时的行为可以与平时不同。整个网络也是一个块。
# 本次作业将亲手实现各框架都自带的四种块。

# %% [markdown]
# 这里没有现成的块类。块是你自己的类的对象，带有`__call__`方法。它的参数，是对象创建后其属性中的浮点数组，
# 包括属性中的列表、元组、字典以及其他块里的浮点数组：不要在这些地方存放其他浮点数组。
# 训练或加载一个块，就是在这些位置放入新的值。是否正在训练由属性`training`给出；
# 切换模式的人会设置它，内部的所有块也一样。

# %%
# framework: numpy
import numpy as np

# %% [markdown]
# ## MLP · 作为块的多层感知机（8 分）
#
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

# %%
class MLP:
    """A multilayer perceptron with one hidden layer."""

    def __init__(self, num_inputs: int, num_hiddens: int, num_outputs: int):
        raise NotImplementedError("MLP")

    def __call__(self, X):
        """Return the outputs ``(n, num_outputs)`` for ``X`` ``(n, num_inputs)``."""
        raise NotImplementedError("MLP")

# %% [markdown]
# ## MySequential · 顺序块（8 分）
#
# 各个块经常依次调用。`MySequential(*blocks)`就是完成这件事的块：`MySequential(a, b, c)(X)`即
# `c(b(a(X)))`。任何块都可以参与，包括另一个`MySequential`；同一个块可以出现两次，这时它被调用两次；
# 没有任何块时，`MySequential()(X)`就是`X`。
#
# `MySequential`的参数是其中所有块的参数；出现两次的块，其参数只计一次。
# 参与计算的是这些块本身，而不是副本：它们的参数一旦改变，结果随之改变，而且每个参数都能得到梯度。
# 两个`MySequential`互不影响，即使它们含有相同的块。切换`MySequential`的模式时，其中各块的模式也随之切换。
#
# 请亲手实现：不允许使用`torch.nn.Sequential`、`tensorflow.keras.Sequential`、`mxnet.gluon.nn.Sequential`之类现成的实现。

# %%
class MySequential:
    """A chain of blocks, which is a block, too."""

    def __init__(self, *blocks):
        raise NotImplementedError("MySequential")

    def __call__(self, X):
        """Return what the last block makes of what the others made of ``X``."""
        raise NotImplementedError("MySequential")

# %% [markdown]
# ## Dropout · 区分模式的暂退法（8 分）
#
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
#
# 请亲手实现：不允许使用`torch.nn.functional.dropout`之类现成的实现。

# %%
class Dropout:
    """Drops entries in training, and does nothing otherwise."""

    def __init__(self, p: float):
        self.training = True
        raise NotImplementedError("Dropout")

    def __call__(self, X):
        """Return ``X`` with dropout, or ``X`` in evaluation."""
        raise NotImplementedError("Dropout")

# %% [markdown]
# ## Linear · 可训练、可保存的层（8 分）
#
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
#
# 请亲手实现：不允许使用`torch.nn.functional.linear`之类现成的实现。

# %%
class Linear:
    """A fully connected layer."""

    def __init__(self, in_features: int, out_features: int):
        raise NotImplementedError("Linear")

    def __call__(self, X):
        """Return the outputs ``(n, out_features)`` for ``X`` ``(n, in_features)``."""
        raise NotImplementedError("Linear")
