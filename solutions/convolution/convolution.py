# %% [markdown] lang="en"
# The layer at the heart of convolutional networks, forwards and backwards.
#
# Images are `(n, c_in, h, w)`: example, channel, row, column. Kernels are `(c_out, c_in, kh, kw)`,
# one for each output channel.

# %% [markdown] lang="zh"
# 实现卷积神经网络的核心——卷积层的前向传播和反向传播。
#
# 图像的形状为`(n, c_in, h, w)`，依次为样本、通道、行、列。
# 卷积核的形状为`(c_out, c_in, kh, kw)`，每个输出通道对应一个。

# %%
import numpy as np

# %% [markdown] lang="en" exercise="conv2d"
# The convolutional layer of deep learning: a cross-correlation, whose kernel is not flipped. With
# `X` `(n, c_in, h, w)`, surrounded by `padding` rows and columns of zeros on all four sides and
# then called $\tilde{\mathbf{X}}$, kernels `W` `(c_out, c_in, kh, kw)`, biases `b` `(c_out,)` and
# stride $s$,
#
# $$Y_{n, o, i, j} = b_o + \sum_{c} \sum_{u = 0}^{k_h - 1} \sum_{v = 0}^{k_w - 1}
# W_{o, c, u, v} \, \tilde{X}_{n, c, \, s i + u, \, s j + v}.$$
#
# `stride` and `padding` are integers, the same for rows and columns. Windows that do not fit are
# left out: $\mathbf{Y}$ has $\lfloor (h + 2 \cdot \text{padding} - k_h) / s \rfloor + 1$ rows, and
# columns likewise. Images and kernels need not be square. Return $\mathbf{Y}$, always with four
# dimensions, in the dtype of the arguments. The arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="conv2d"
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

# %% exercise="conv2d"
def conv2d(X, W, b, stride=1, padding=0):
    ### BEGIN SOLUTION
    n, _, h, w = X.shape
    c_out, _, kh, kw = W.shape
    X = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (h + 2 * padding - kh) // stride + 1
    cols = (w + 2 * padding - kw) // stride + 1

    Y = np.zeros((n, c_out, rows, cols), dtype=X.dtype)
    for i in range(rows):
        for j in range(cols):
            top, left = i * stride, j * stride
            window = X[:, :, top : top + kh, left : left + kw]
            Y[:, :, i, j] = np.tensordot(window, W, axes=([1, 2, 3], [1, 2, 3])) + b
    return Y
    ### END SOLUTION

# %% [markdown] lang="en" exercise="conv2d_backward"
# A network computed `conv2d(X, W, b, stride, padding)`, and `dout` is the gradient of its loss with
# respect to that result. Return three gradients of the loss, in this order:
#
# - `dX` `(n, c_in, h, w)`, with respect to `X`;
# - `dW` `(c_out, c_in, kh, kw)`, with respect to `W`;
# - `db` `(c_out,)`, with respect to `b`.
#
# Each is checked on its own. `stride` and `padding` are integers, `padding` may be 0, and `stride`
# may be larger than the kernel; where no window touched `X`, its gradient is 0. Nothing is
# averaged. The gradients have the dtype of the arguments, which must be unchanged on return.

# %% [markdown] lang="zh" exercise="conv2d_backward"
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

# %% exercise="conv2d_backward"
def conv2d_backward(dout, X, W, stride=1, padding=0):
    ### BEGIN SOLUTION
    h, w = X.shape[2:]
    kh, kw = W.shape[2:]
    X_padded = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))

    dX_padded = np.zeros_like(X_padded)
    dW = np.zeros_like(W)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows = slice(i * stride, i * stride + kh)
            cols = slice(j * stride, j * stride + kw)
            d = dout[:, :, i, j]
            dX_padded[:, :, rows, cols] += np.tensordot(d, W, axes=1)
            dW += np.tensordot(d.T, X_padded[:, :, rows, cols], axes=1)
    dX = dX_padded[:, :, padding : padding + h, padding : padding + w]
    db = dout.sum(axis=(0, 2, 3))
    return dX, dW, db
    ### END SOLUTION
