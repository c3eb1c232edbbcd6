# %% [markdown]
# # 卷积神经网络

# %% [markdown]
# 无论在图中的什么位置，猫都是猫。全连接层必须在每个位置重新学习这一点，
# 而*卷积*用同一个小窗口查看所有位置。本次作业将实现组成卷积神经网络的各种层的前向传播和反向传播：
# 卷积层、汇聚层和批量规范化层。
#
# 图像的形状为`(n, c_in, h, w)`，依次为样本、通道、行、列。
# 卷积核的形状为`(c_out, c_in, kh, kw)`，每个输出通道对应一个。
#
# 传入的数组至少有一个元素，并像新建的数组那样在内存中按行存放。如果元素是浮点数，
# 类型就是float32或float64。

# %%
# framework: mxnet
from mxnet import autograd, np, npx

npx.set_np()

# %% [markdown]
# ## corr2d · 互相关运算（5 分）
#
# 先从一个通道开始。卷积层的核心运算是*互相关*：一个小的卷积核在图像上滑动，
# 在每个位置把重叠的元素相乘再求和。`X`是形状为`(h, w)`的图像，`K`是形状为`(kh, kw)`的卷积核，
# 卷积核不会比图像大；两者都不一定是正方形。返回
#
# $$Y_{i, j} = \sum_{u = 0}^{k_h - 1} \sum_{v = 0}^{k_w - 1} K_{u, v} \, X_{i + u, \, j + v},$$
#
# 其形状为`(h - kh + 1, w - kw + 1)`，即只包括卷积核完全落在图像内的位置。卷积核不翻转。
# 例如`X = [[0, 1, 2], [3, 4, 5], [6, 7, 8]]`、`K = [[0, 1], [2, 3]]`时，
# 第一个元素为$0 \cdot 0 + 1 \cdot 1 + 2 \cdot 3 + 3 \cdot 4 = 19$。
#
# 结果总是二维的，数据类型与参数相同。函数返回后，`X`和`K`必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.npx.convolution`之类现成的实现。

# %%
def corr2d(X, K):
    raise NotImplementedError("corr2d")

# %% [markdown]
# ## conv2d · 卷积层（10 分）
#
# 实现深度学习中的卷积层，即不翻转卷积核的互相关运算。
# `X`的形状为`(n, c_in, h, w)`，在四周各填充`padding`行（列）零后记作$\tilde{\mathbf{X}}$；
# 卷积核`W`的形状为`(c_out, c_in, kh, kw)`，偏置`b`的形状为`(c_out,)`，步幅为$s$，则
#
# $$Y_{n, o, i, j} = b_o + \sum_{c} \sum_{u = 0}^{k_h - 1} \sum_{v = 0}^{k_w - 1}
# W_{o, c, u, v} \, \tilde{X}_{n, c, \, s i + u, \, s j + v}.$$
#
# `stride`和`padding`是整数，对行和列相同。放不下的窗口将被舍去：
# $\mathbf{Y}$有$\lfloor (h + 2 \cdot \text{padding} - k_h) / s \rfloor + 1$行，列数同理。
# 图像和卷积核不一定是正方形。返回$\mathbf{Y}$，它总是四维的，数据类型与参数相同。
# 函数返回后各参数必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.npx.convolution`之类现成的实现。

# %%
def conv2d(X, W, b, stride=1, padding=0):
    raise NotImplementedError("conv2d")

# %% [markdown]
# ## conv2d_backward · 卷积层的反向传播（12 分）
#
# 某个网络计算了`conv2d(X, W, b, stride, padding)`，`dout`是损失关于该结果的梯度。
# 依次返回损失的三个梯度：
#
# - `dX`，形状为`(n, c_in, h, w)`，关于`X`；
# - `dW`，形状为`(c_out, c_in, kh, kw)`，关于`W`；
# - `db`，形状为`(c_out,)`，关于`b`。
#
# 三个梯度分别评分。`stride`和`padding`是整数，`padding`可以为0，`stride`可以大于卷积核；
# `X`中没有被任何窗口覆盖的位置，梯度为0。这里不做任何平均。
# 梯度的数据类型与参数相同；函数返回后各参数必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.autograd.record`、`mxnet.npx.convolution`之类现成的实现。

# %%
def conv2d_backward(dout, X, W, stride=1, padding=0):
    raise NotImplementedError("conv2d_backward")

# %% [markdown]
# ## max_pool2d · 最大汇聚层（6 分）
#
# 特征出现的确切位置并不重要，重要的是它出现了。*汇聚层*保留卷积找到的内容，并使图像变小。
# *最大汇聚*返回每个窗口中的最大元素。`X`的形状为`(n, c, h, w)`，窗口有`size`行、`size`列，
# 步幅$s$为`stride`，则
#
# $$Y_{m, k, i, j} = \max_{0 \le u, v < \text{size}} X_{m, k, \, s i + u, \, s j + v}.$$
#
# 每幅图像的每个通道各自汇聚。`size`和`stride`是不小于$1$的整数，对行和列相同。步幅小于窗口时，
# 窗口会重叠；步幅大于窗口时，有些元素会被跳过。没有填充：放不下的窗口将被舍去，
# 因此$\mathbf{Y}$有$\lfloor (h - \text{size}) / s \rfloor + 1$行，列数同理；至少放得下一个窗口。
# 图像不一定是正方形，一个窗口中的元素可以全为负数。例如`size = 2`、`stride = 1`时，
# 两行`[0, 1, 2]`、`[3, 4, 5]`变为`[4, 5]`。
#
# 返回$\mathbf{Y}$，它总是四维的，数据类型与`X`相同。函数返回后，`X`必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.npx.pooling`、`mxnet.nd.Pooling`、`mxnet.ndarray.Pooling`之类现成的实现。

# %%
def max_pool2d(X, size, stride):
    raise NotImplementedError("max_pool2d")

# %% [markdown]
# ## avg_pool2d · 平均汇聚层（5 分）
#
# 最大汇聚是挑选，*平均汇聚*是模糊：它返回每个窗口的平均值。`X`的形状为`(n, c, h, w)`，
# 窗口有`size`行、`size`列，步幅$s$为`stride`，则
#
# $$Y_{m, k, i, j} = \frac{1}{\text{size}^2} \sum_{u = 0}^{\text{size} - 1}
# \sum_{v = 0}^{\text{size} - 1} X_{m, k, \, s i + u, \, s j + v}.$$
#
# 其余都与`max_pool2d`相同：每幅图像的每个通道各自汇聚，窗口可以重叠，也可以留有空隙，没有填充，
# 放不下的窗口将被舍去，至少放得下一个窗口，图像不一定是正方形。例如`size = 2`、`stride = 1`时，
# 两行`[0, 1, 2]`、`[3, 4, 5]`变为`[2, 3]`。
#
# 返回$\mathbf{Y}$，它总是四维的，数据类型与`X`相同。函数返回后，`X`必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.npx.pooling`、`mxnet.nd.Pooling`、`mxnet.ndarray.Pooling`之类现成的实现。

# %%
def avg_pool2d(X, size, stride):
    raise NotImplementedError("avg_pool2d")

# %% [markdown]
# ## max_pool2d_backward · 最大汇聚层的反向传播（8 分）
#
# 哪些元素能从最大汇聚层学到东西？只有胜出的那些。某个网络计算了`max_pool2d(X, size, stride)`，
# `dout`是损失关于该结果的梯度。返回`dX`，即关于`X`的梯度，形状为`(n, c, h, w)`：
#
# $$\mathrm{d}X_{m, k, y, x} = \sum_{(i, j) \,:\, (y, x) \text{ is the largest of window } (i, j)}
# \mathrm{dout}_{m, k, i, j}.$$
#
# 求和遍历所有以$(y, x)$为最大元素的窗口$(i, j)$。在每个窗口中，梯度归于最大元素所在的位置，
# 其他元素没有。窗口可以重叠：一个元素如果是几个窗口的最大元素，就得到这些窗口的梯度之**和**。
# 没有被任何窗口覆盖的位置，即空隙和边缘处，梯度为0。任何窗口都没有并列的最大元素。
# 例如一幅图像只有一个通道`X = [[1, 5, 2], [0, 3, 4]]`，`size = 2`、`stride = 1`时，
# 5是两个窗口的最大元素：梯度`[[10, 20]]`变为`[[0, 30, 0], [0, 0, 0]]`。
#
# `size`和`stride`是不小于$1$的整数。结果的数据类型与参数相同。函数返回后，`dout`和`X`必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.autograd.record`、`torch.nn.functional.max_unpool2d`、`torch.nn.MaxUnpool2d`之类现成的实现。

# %%
def max_pool2d_backward(dout, X, size, stride):
    raise NotImplementedError("max_pool2d_backward")

# %% [markdown]
# ## batch_norm · 批量规范化（10 分）
#
# 如果每一层看到的输入都保持同样的尺度，深层网络会训练得更快。*批量规范化*使小批量中的每个特征均值为
# 0、方差为1，再让网络自己选择拉伸参数$\gamma$和偏移参数$\beta$。`X`的形状为`(n, d)`；`gamma`、
# `beta`、`moving_mean`和`moving_var`的形状都为`(d,)`，每个特征一个元素。训练时，
# 用小批量中每一列的均值和方差：
#
# $$\boldsymbol{\mu} = \frac{1}{n} \sum_{i=1}^{n} \mathbf{x}_i, \qquad
# \boldsymbol{\sigma}^2 = \frac{1}{n} \sum_{i=1}^{n} (\mathbf{x}_i - \boldsymbol{\mu})^2, \qquad
# \mathbf{y}_i = \boldsymbol{\gamma} \odot
# \frac{\mathbf{x}_i - \boldsymbol{\mu}}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}}
# + \boldsymbol{\beta}.$$
#
# 方差除以$n$，$\epsilon$（即`eps`）在根号**里面**。预测时可能没有小批量，
# 因此这一层把两个统计量记为移动平均，其中`momentum`是**旧值**的权重：
#
# $$\text{moving\_mean} \leftarrow \text{momentum} \cdot \text{moving\_mean}
# + (1 - \text{momentum}) \cdot \boldsymbol{\mu},$$
#
# `moving_var`同理，使用同一个除以$n$的$\boldsymbol{\sigma}^2$。当`training=False`时，
# 用这两个移动平均代替$\boldsymbol{\mu}$和$\boldsymbol{\sigma}^2$，并且它们不变。
#
# 返回三个结果：`Y`，形状为`(n, d)`；新的`moving_mean`和`moving_var`，形状都为`(d,)`。
# 例如一列`[1, 3]`的均值为2、方差为1：当$\gamma = 1$、$\beta = 0$且`eps`很小时，它变为`[-1, 1]`，
# 移动平均的均值由0变为0.2。$n \ge 1$可以任取，一列的元素也可能全部相同。
# 各结果的数据类型与参数相同。函数返回后，各参数必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.npx.batch_norm`、`mxnet.nd.BatchNorm`、`mxnet.ndarray.BatchNorm`之类现成的实现。

# %%
def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    raise NotImplementedError("batch_norm")

# %% [markdown]
# ## batch_norm_backward · 批量规范化的反向传播（10 分）
#
# 批量规范化的反向传播是对链式法则的练习，因为一列中的每个元素都会改变均值和方差，
# 从而影响这一列的所有元素。训练时，某个网络计算了
#
# $$\mathbf{Y} = \boldsymbol{\gamma} \odot \hat{\mathbf{X}} + \boldsymbol{\beta}, \qquad
# \hat{\mathbf{x}}_i =
# \frac{\mathbf{x}_i - \boldsymbol{\mu}}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}},$$
#
# 其中`X`的形状为`(n, d)`，`gamma`的形状为`(d,)`，$\boldsymbol{\mu}$和$\boldsymbol{\sigma}^2$是小批
# 量中每一列的均值和（除以$n$的）方差，$\epsilon$即`eps`，都与`batch_norm`相同。
# `dout`的形状为`(n, d)`，是损失关于$\mathbf{Y}$的梯度。依次返回损失的三个梯度：
#
# - `dX`，形状为`(n, d)`，关于`X`；
# - `dgamma`，形状为`(d,)`，关于`gamma`；
# - `dbeta`，形状为`(d,)`，关于`beta`。
#
# 三个梯度分别评分。$\boldsymbol{\mu}$和$\boldsymbol{\sigma}^2$都取决于`X`，
# 因此它们的梯度也属于`dX`。给一整列加上同一个数，$\mathbf{Y}$不变：所以`dX`每一列的和为零。
# $\boldsymbol{\beta}$加在每个样本上，因此很简单：`dout = [[1], [2]]`时，`dbeta`为`[3]`。
# $n \ge 1$可以任取。各梯度的数据类型与参数相同；函数返回后，各参数必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.autograd.record`、`torch.ops.aten.*batch_norm*backward*`、`torch.ops.aten.*layer_norm_backward*`之类现成的实现。

# %%
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    raise NotImplementedError("batch_norm_backward")

# %% [markdown]
# ## LeNet · LeNet（8 分）
#
# LeNet在1998年就能识别手写数字，今天的卷积神经网络仍与它的结构相似。请把它写成一个可以调用的对象：
# `net = LeNet()`，而`net(X)`把形状为`(n, 1, 28, 28)`的图像变为形状为`(n, 10)`的未规范化的预测（logit），
# 每个数字对应一个，$n = 1$时也是如此。
#
# | 层 | 每幅图像的结果 |
# |---|---|
# | 卷积层，6个$5 \times 5$的卷积核，填充2 | $6 \times 28 \times 28$ |
# | 汇聚层，大小2，步幅2 | $6 \times 14 \times 14$ |
# | 卷积层，16个$5 \times 5$的卷积核，无填充 | $16 \times 10 \times 10$ |
# | 汇聚层，大小2，步幅2，然后展平 | $16 \times 5 \times 5 = 400$ |
# | 全连接层 | $120$ |
# | 全连接层 | $84$ |
# | 全连接层 | $10$ |
#
# 两个卷积层和前两个全连接层之后都有激活函数。用哪一种激活函数，汇聚取平均值还是最大值，都由你决定。
# 最后一层之后没有别的运算：softmax属于损失函数。五个层各有一个权重和一个偏置；
# $156 + 2416 + 48120 + 10164 + 850$，一共$61706$个数，恰好是十个参数。每个参数都能得到梯度。
#
# 权重随机初始化，每个网络都重新抽取，各个网络不共享参数。一幅图像的结果不取决于其他图像，
# 也不取决于之前的调用。可以使用框架提供的层，以及前面写好的函数。函数返回后，`X`必须保持不变。
#
# 这个对象是`gluon.Block`，它的参数是`collect_params()`；如果你没有初始化参数，使用它的人会初始化它们。

# %%
from mxnet.gluon import nn

# %%
class LeNet(nn.Block):
    """A convolutional network for images of digits."""

    def __init__(self):
        super().__init__()
        raise NotImplementedError("LeNet")

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return the logits ``(n, 10)`` of images ``(n, 1, 28, 28)``."""
        raise NotImplementedError("LeNet")
