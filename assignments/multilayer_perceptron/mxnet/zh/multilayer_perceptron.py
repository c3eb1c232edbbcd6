# %% [markdown]
# # 多层感知机

# %% [markdown]
# 多层感知机是一串简单函数的复合，反向传播则沿着这条链逆向而行。
# 本次作业将手工实现这两个方向：先实现单个层，再实现整个网络。
#
# 每一行是一个样本：`x`和`X`的形状为`(n, d)`。
# 参数`dout`表示某个损失关于函数返回值的梯度；反向函数由它求出同一损失关于函数各输入的梯度。
#
# 传入的数组至少有一个元素，并像新建的数组那样在内存中按行存放。如果元素是浮点数，
# 类型就是float32或float64。

# %%
# framework: mxnet
from mxnet import autograd, np, npx

npx.set_np()

# %% [markdown]
# ## relu · ReLU函数（4 分）
#
# 对`x`的每个元素应用修正线性单元：
#
# $$\operatorname{ReLU}(x) = \max(x, 0).$$
#
# `x`可以是任意形状，其元素是浮点数。返回形状和数据类型都与`x`相同的数组；
# 函数返回后`x`本身必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.npx.relu`之类现成的实现。

# %%
def relu(x):
    raise NotImplementedError("relu")

# %% [markdown]
# ## relu_backward · ReLU的反向传播（6 分）
#
# 某个网络计算了`relu(x)`，`dout`是损失关于该结果的梯度。返回损失关于`x`的梯度。
#
# `dout`和`x`的形状相同（可以是任意形状），数据类型也相同；返回值的形状和数据类型与它们一致。
# ReLU在0处不可导：在该处可以取0到1之间的任意斜率。
# 函数返回后`dout`和`x`必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.autograd.record`之类现成的实现。

# %%
def relu_backward(dout, x):
    raise NotImplementedError("relu_backward")

# %% [markdown]
# ## sigmoid · sigmoid函数（5 分）
#
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
#
# 请亲手实现：不允许使用`mxnet.npx.sigmoid`、`mxnet.npx.activation`、`mxnet.nd.sigmoid`之类现成的实现。

# %%
def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return the sigmoid of every entry of ``x``."""
    raise NotImplementedError("sigmoid")

# %% [markdown]
# ## sigmoid_backward · sigmoid的反向传播（5 分）
#
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
#
# 请亲手实现：不允许使用`mxnet.autograd.record`之类现成的实现。

# %%
def sigmoid_backward(dout: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient of the loss with respect to ``x``."""
    raise NotImplementedError("sigmoid_backward")

# %% [markdown]
# ## tanh_backward · tanh的反向传播（5 分）
#
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
#
# 请亲手实现：不允许使用`mxnet.autograd.record`之类现成的实现。

# %%
def tanh_backward(dout: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient of the loss with respect to ``x``."""
    raise NotImplementedError("tanh_backward")

# %% [markdown]
# ## linear_forward · 全连接层（4 分）
#
# 全连接层将每个样本线性映射为`k`个输出，并为每个输出加上偏置：
#
# $$\mathbf{y} = \mathbf{x} \mathbf{W} + \mathbf{b}.$$
#
# `x`的形状为`(n, d)`，`W`为`(d, k)`，`b`为`(k,)`。
# 返回形状为`(n, k)`的数组（`n`或`k`为1时也是如此），数据类型与参数相同。
# 函数返回后各参数必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.gluon.nn.Dense`、`mxnet.npx.convolution`之类现成的实现。

# %%
def linear_forward(x, W, b):
    raise NotImplementedError("linear_forward")

# %% [markdown]
# ## linear_backward · 全连接层的反向传播（8 分）
#
# 某个网络计算了`linear_forward(x, W, b)`，`dout`的形状为`(n, k)`，是损失关于该结果的梯度。
# 依次返回损失的三个梯度：
#
# - `dx`，形状为`(n, d)`，关于`x`；
# - `dW`，形状为`(d, k)`，关于`W`；
# - `db`，形状为`(k,)`，关于`b`。
#
# 三个梯度分别评分。损失中的所有常数都已包含在`dout`里：这里不做任何平均。
# 梯度的数据类型与参数相同；函数返回后各参数必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.autograd.record`之类现成的实现。

# %%
def linear_backward(dout, x, W):
    raise NotImplementedError("linear_backward")

# %% [markdown]
# ## mlp_forward · 多层感知机的前向传播（6 分）
#
# 实现含单个隐藏层的感知机：隐藏单元使用sigmoid激活函数，输出层是线性的。
#
# $$\mathbf{H} = \sigma(\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1), \qquad
# \mathbf{O} = \mathbf{H} \mathbf{W}_2 + \mathbf{b}_2, \qquad
# \sigma(z) = \frac{1}{1 + e^{-z}}.$$
#
# `X`的形状为`(n, d)`，`W1`为`(d, h)`，`b1`为`(h,)`，`W2`为`(h, k)`，`b2`为`(k,)`。
# 返回$\mathbf{O}$，形状为`(n, k)`（`n`或`k`为1时也是如此），数据类型与参数相同。
# 输入的数值适中：$e^{-z}$不会溢出。函数返回后各参数必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.gluon.nn.Dense`、`mxnet.npx.convolution`之类现成的实现。

# %%
def mlp_forward(X, W1, b1, W2, b2):
    raise NotImplementedError("mlp_forward")

# %% [markdown]
# 下一题使用的损失；可以用它的有限差分来核对自己的梯度。

# %%
def mlp_loss(X, y, W1, b1, W2, b2):
    """Half the squared error, summed over outputs, averaged over examples."""
    return ((mlp_forward(X, W1, b1, W2, b2) - y) ** 2).sum() / (2 * len(X))

# %% [markdown]
# ## mlp_backward · 多层感知机的反向传播（10 分）
#
# 对`mlp_forward`中的网络手工实现反向传播。损失是平方误差的一半，对各输出求和，再对`n`个样本取平均：
#
# $$L = \frac{1}{n} \sum_{i=1}^{n} \frac{1}{2} \sum_{j=1}^{k} (O_{ij} - y_{ij})^2.$$
#
# `X`的形状为`(n, d)`，`y`为`(n, k)`，`k`可以为1。依次返回$L$关于`W1`、`b1`、`W2`和`b2`的梯度，
# 每个梯度的形状与相应的参数相同，数据类型与传入的参数相同，并且分别评分。
# 函数返回后各参数必须保持不变：这里只计算梯度，还不更新参数。
#
# 请亲手实现：不允许使用`mxnet.autograd.record`之类现成的实现。

# %%
def mlp_backward(X, y, W1, b1, W2, b2):
    raise NotImplementedError("mlp_backward")

# %% [markdown]
# ## zero_grad · 清除梯度（4 分）
#
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
#
# MXNet不允许对`grad`本身赋值，只能对它的元素赋值：`p.grad[:] = …`。
#
# 请亲手实现：不允许使用`mxnet.gluon.Trainer`、`torch.nn.Module.zero_grad`之类现成的实现。

# %%
def zero_grad(params):
    """Clear the gradient of every parameter that has one."""
    raise NotImplementedError("zero_grad")

# %% [markdown]
# ## optimizer_step · 优化器的一步（6 分）
#
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
#
# 请亲手实现：不允许使用`mxnet.gluon.Trainer`之类现成的实现。

# %%
def optimizer_step(params, lr):
    """Move every parameter that has a gradient downhill, in place."""
    raise NotImplementedError("optimizer_step")

# %% [markdown]
# ## train_mlp · 训练神经网络（8 分）
#
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

# %%
def train_mlp(X, y, hidden, lr, num_epochs):
    """Return a network with one hidden layer, trained to predict ``y`` from ``X``."""
    raise NotImplementedError("train_mlp")
