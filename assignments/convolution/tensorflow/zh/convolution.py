# %% [markdown]
# # 卷积神经网络

# %% [markdown]
# 实现卷积神经网络的核心——卷积层的前向传播和反向传播。
#
# 图像的形状为`(n, c_in, h, w)`，依次为样本、通道、行、列。
# 卷积核的形状为`(c_out, c_in, kh, kw)`，每个输出通道对应一个。

# %%
# framework: tensorflow
import tensorflow as tf

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
# 请亲手实现：不允许使用`tensorflow.nn.conv*`之类现成的实现。

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
# 请亲手实现：不允许使用`tensorflow.GradientTape`、`tensorflow.nn.conv*`之类现成的实现。

# %%
def conv2d_backward(dout, X, W, stride=1, padding=0):
    raise NotImplementedError("conv2d_backward")
