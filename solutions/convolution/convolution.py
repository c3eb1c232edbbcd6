# %% [markdown] lang="en"
# A cat is a cat wherever it is in a picture. A fully connected layer would have to learn that anew
# for every place; a *convolution* looks at all places through the same small window. In this
# assignment you write the layers that convolutional networks are made of, forwards and backwards:
# convolution, pooling and batch normalization.
#
# Images are `(n, c_in, h, w)`: example, channel, row, column. Kernels are `(c_out, c_in, kh, kw)`,
# one for each output channel.
#
# All arrays handed in have at least one entry and lie in memory row by row, as new ones do. If they
# hold floating-point numbers, these are float32 or float64.

# %% [markdown] lang="zh"
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
import numpy as np

# %% [markdown] lang="en" exercise="corr2d"
# Begin with one channel. The operation at the heart of a convolutional layer is a
# *cross-correlation*: a small kernel slides over an image, and at each place the entries that lie
# on each other are multiplied and added up. `X` is an image of shape `(h, w)` and `K` a kernel of
# shape `(kh, kw)`, which is never larger than the image; neither need be square. Return
#
# $$Y_{i, j} = \sum_{u = 0}^{k_h - 1} \sum_{v = 0}^{k_w - 1} K_{u, v} \, X_{i + u, \, j + v},$$
#
# of shape `(h - kh + 1, w - kw + 1)`: only places where the kernel lies on the image as a whole.
# The kernel is not flipped. With `X = [[0, 1, 2], [3, 4, 5], [6, 7, 8]]` and `K = [[0, 1], [2, 3]]`
# the first entry is $0 \cdot 0 + 1 \cdot 1 + 2 \cdot 3 + 3 \cdot 4 = 19$.
#
# The result always has two axes, and the dtype of the arguments. `X` and `K` must be unchanged on
# return.

# %% [markdown] lang="zh" exercise="corr2d"
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

# %% exercise="corr2d"
def corr2d(X, K):
    ### BEGIN SOLUTION
    kh, kw = K.shape
    Y = np.zeros((X.shape[0] - kh + 1, X.shape[1] - kw + 1), dtype=X.dtype)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + kh, j : j + kw] * K).sum()
    return Y
    ### END SOLUTION

# %% [markdown] lang="en" story="corr2d"
# ## What a kernel sees
#
# The kernel `[[1, -1]]` compares each pixel with its neighbour on the right: where both are the
# same, the result is 0, and where they differ, there is an edge. The same kernel, upright, finds
# the other edges. Nobody needs to think of such kernels: on the right, one begins with zeros and
# *learns* from the second picture alone. The gradient of the squared error with respect to a kernel
# is a cross-correlation, too, of the image with the errors, so your `corr2d` does it all.

# %% [markdown] lang="zh" story="corr2d"
# ## 卷积核看到了什么
#
# 卷积核`[[1, -1]]`把每个像素与它右边的像素相比较：两者相同，结果为0；两者不同，那里就有一条边缘。
# 把它竖起来，就能找到另一个方向的边缘。这样的卷积核不需要人来设计：最右边的卷积核从零开始，
# 只根据第二幅图*学习*。平方误差关于卷积核的梯度同样是一次互相关运算，即图像与误差的互相关，
# 因此全部计算都由你的`corr2d`完成。

# %% story="corr2d" framework="torch"
import numpy

array, as_numpy = torch.as_tensor, numpy.asarray

# %% story="corr2d" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray

# %% story="corr2d" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray

# %% story="corr2d" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray

# %% story="corr2d" framework="mxnet"
import numpy

array = np.array


def as_numpy(x):
    return x.asnumpy() if hasattr(x, "asnumpy") else numpy.asarray(x)

# %% story="corr2d"
import matplotlib.pyplot as plt

i, j = numpy.mgrid[:16, :16]
image = numpy.where((i - 8) ** 2 + (j - 6) ** 2 < 22, 1.0, 0.0)
image[2:14, 12:14] = 1
beside, below = numpy.array([[1.0, -1.0]]), numpy.array([[1.0], [-1.0]])
edges = [as_numpy(corr2d(array(image), array(kernel))) for kernel in (beside, below)]
learned, history = numpy.zeros((1, 2)), []
for _ in range(16):
    history.append(learned[0])
    errors = as_numpy(corr2d(array(image), array(learned))) - edges[0]
    learned = learned - 0.012 * as_numpy(corr2d(array(image), array(errors)))
figure, places = plt.subplots(1, 4, figsize=(11, 2.8), layout="constrained")
titles = ("image", "kernel [[1, -1]]", "kernel [[1], [-1]]")
for place, picture, title in zip(places[:3], (image, *edges), titles, strict=True):
    shades = {"cmap": "gray"} if title == "image" else {"cmap": "bwr", "vmin": -1, "vmax": 1}
    place.imshow(picture, **shades)
    place.set(title=title, xticks=(), yticks=())
places[3].plot(history, label=("left", "right"))
places[3].set(title="learned kernel", xlabel="step", ylabel="entry")
places[3].legend()
plt.show()

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

# %% [markdown] lang="en" exercise="max_pool2d"
# Where exactly a feature was seen matters little; that it was seen matters. A *pooling* layer keeps
# what a convolution has found and makes the image smaller. *Max-pooling* returns the largest entry
# of each window. With `X` `(n, c, h, w)`, windows of `size` rows and `size` columns and stride $s$
# = `stride`,
#
# $$Y_{m, k, i, j} = \max_{0 \le u, v < \text{size}} X_{m, k, \, s i + u, \, s j + v}.$$
#
# Each channel of each image is pooled on its own. `size` and `stride` are integers, $1$ or more,
# the same for rows and columns. If the stride is smaller than the window, windows overlap; if it is
# larger, entries are skipped. There is no padding: windows that do not fit are dropped, so that
# $\mathbf{Y}$ has $\lfloor (h - \text{size}) / s \rfloor + 1$ rows, and columns likewise; at least
# one window fits. Images need not be square, and all entries of a window may be negative. With
# `size = 2` and `stride = 1` the rows `[0, 1, 2]`, `[3, 4, 5]` become `[4, 5]`.
#
# Return $\mathbf{Y}$, always with four axes, in the dtype of `X`. `X` must be unchanged on return.

# %% [markdown] lang="zh" exercise="max_pool2d"
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

# %% exercise="max_pool2d"
def max_pool2d(X, size, stride):
    ### BEGIN SOLUTION
    n, c, h, w = X.shape
    Y = np.zeros((n, c, (h - size) // stride + 1, (w - size) // stride + 1), dtype=X.dtype)
    for i in range(Y.shape[2]):
        for j in range(Y.shape[3]):
            top, left = i * stride, j * stride
            window = X[:, :, top : top + size, left : left + size]
            Y[:, :, i, j] = window.max(axis=(2, 3))
    return Y
    ### END SOLUTION

# %% [markdown] lang="en" exercise="avg_pool2d"
# *Average pooling* blurs where max-pooling picks: it returns the mean of each window. With `X`
# `(n, c, h, w)`, windows of `size` rows and `size` columns and stride $s$ = `stride`,
#
# $$Y_{m, k, i, j} = \frac{1}{\text{size}^2} \sum_{u = 0}^{\text{size} - 1}
# \sum_{v = 0}^{\text{size} - 1} X_{m, k, \, s i + u, \, s j + v}.$$
#
# All else is as in `max_pool2d`: each channel of each image on its own, windows may overlap or
# leave gaps, no padding, windows that do not fit are dropped, at least one fits, and images need
# not be square. With `size = 2` and `stride = 1` the rows `[0, 1, 2]`, `[3, 4, 5]` become `[2, 3]`.
#
# Return $\mathbf{Y}$, always with four axes, in the dtype of `X`. `X` must be unchanged on return.

# %% [markdown] lang="zh" exercise="avg_pool2d"
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

# %% exercise="avg_pool2d"
def avg_pool2d(X, size, stride):
    ### BEGIN SOLUTION
    n, c, h, w = X.shape
    Y = np.zeros((n, c, (h - size) // stride + 1, (w - size) // stride + 1), dtype=X.dtype)
    for i in range(Y.shape[2]):
        for j in range(Y.shape[3]):
            top, left = i * stride, j * stride
            window = X[:, :, top : top + size, left : left + size]
            Y[:, :, i, j] = window.mean(axis=(2, 3))
    return Y
    ### END SOLUTION

# %% [markdown] lang="en" exercise="max_pool2d_backward"
# Which entries learn from a max-pooling layer? Only those that won. A network computed
# `max_pool2d(X, size, stride)`, and `dout` is the gradient of its loss with respect to that result.
# Return `dX`, the gradient with respect to `X`, of shape `(n, c, h, w)`:
#
# $$\mathrm{d}X_{m, k, y, x} = \sum_{(i, j) \,:\, (y, x) \text{ is the largest of window } (i, j)}
# \mathrm{dout}_{m, k, i, j}.$$
#
# In each window the gradient goes to the place of the largest entry, and all others get none.
# Windows may overlap: an entry that is the largest of several windows gets the **sum** of their
# gradients. Where no window was, in gaps and at the edges, the gradient is 0. No window has two
# largest entries. With `X = [[1, 5, 2], [0, 3, 4]]` as the only channel of one image, `size = 2`
# and `stride = 1`, the 5 is the largest of both windows: the gradient `[[10, 20]]` becomes
# `[[0, 30, 0], [0, 0, 0]]`.
#
# `size` and `stride` are integers, $1$ or more. The result has the dtype of the arguments. `dout`
# and `X` must be unchanged on return.

# %% [markdown] lang="zh" exercise="max_pool2d_backward"
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

# %% exercise="max_pool2d_backward"
def max_pool2d_backward(dout, X, size, stride):
    ### BEGIN SOLUTION
    dX = np.zeros_like(X)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows = slice(i * stride, i * stride + size)
            cols = slice(j * stride, j * stride + size)
            window = X[:, :, rows, cols]
            largest = window == window.max(axis=(2, 3), keepdims=True)
            dX[:, :, rows, cols] += largest * dout[:, :, i, j, None, None]
    return dX
    ### END SOLUTION

# %% [markdown] lang="en" exercise="batch_norm"
# Deep networks train faster if what each layer sees keeps its scale. *Batch normalization* gives
# every feature mean 0 and variance 1 within the minibatch, and then lets the network choose a scale
# $\gamma$ and a shift $\beta$ of its own. `X` has shape `(n, d)`; all of `gamma`, `beta`,
# `moving_mean` and `moving_var` have shape `(d,)`, one entry for each feature. While training, with
# the mean and the variance of each column of the batch,
#
# $$\boldsymbol{\mu} = \frac{1}{n} \sum_{i=1}^{n} \mathbf{x}_i, \qquad
# \boldsymbol{\sigma}^2 = \frac{1}{n} \sum_{i=1}^{n} (\mathbf{x}_i - \boldsymbol{\mu})^2, \qquad
# \mathbf{y}_i = \boldsymbol{\gamma} \odot
# \frac{\mathbf{x}_i - \boldsymbol{\mu}}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}}
# + \boldsymbol{\beta}.$$
#
# The variance is divided by $n$, and $\epsilon$ = `eps` stands **under** the root. For prediction,
# where there may be no batch, the layer remembers both statistics as moving averages, in which
# `momentum` weighs the **old** value:
#
# $$\text{moving\_mean} \leftarrow \text{momentum} \cdot \text{moving\_mean}
# + (1 - \text{momentum}) \cdot \boldsymbol{\mu},$$
#
# and `moving_var` likewise with $\boldsymbol{\sigma}^2$, the same that is divided by $n$. With
# `training=False` these two take the place of $\boldsymbol{\mu}$ and $\boldsymbol{\sigma}^2$, and
# they do not change.
#
# Return three results: `Y`, of shape `(n, d)`, and the new `moving_mean` and `moving_var`, both
# `(d,)`. A column `[1, 3]` has mean 2 and variance 1: with $\gamma = 1$, $\beta = 0$ and a small
# `eps` it becomes `[-1, 1]`, and a moving mean of 0 becomes 0.2. Any $n \ge 1$ may come, and
# columns whose entries are all the same. The results have the dtype of the arguments, and the
# arguments must be unchanged on return.

# %% [markdown] lang="zh" exercise="batch_norm"
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

# %% exercise="batch_norm"
def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    ### BEGIN SOLUTION
    mean, var = moving_mean, moving_var
    if training:
        mean, var = X.mean(axis=0), X.var(axis=0)
        moving_mean = momentum * moving_mean + (1 - momentum) * mean
        moving_var = momentum * moving_var + (1 - momentum) * var
    Y = gamma * (X - mean) / np.sqrt(var + eps) + beta
    return Y, moving_mean, moving_var
    ### END SOLUTION

# %% [markdown] lang="en" exercise="batch_norm_backward"
# Backpropagation through batch normalization is an exercise in the chain rule, because each entry
# of a column moves the mean and the variance, and with them all the others. While training, a
# network computed
#
# $$\mathbf{Y} = \boldsymbol{\gamma} \odot \hat{\mathbf{X}} + \boldsymbol{\beta}, \qquad
# \hat{\mathbf{x}}_i =
# \frac{\mathbf{x}_i - \boldsymbol{\mu}}{\sqrt{\boldsymbol{\sigma}^2 + \epsilon}},$$
#
# from `X` `(n, d)` and `gamma` `(d,)`, with the mean $\boldsymbol{\mu}$ and the variance
# $\boldsymbol{\sigma}^2$, divided by $n$, of each column of the batch and $\epsilon$ = `eps`, as in
# `batch_norm`. `dout` `(n, d)` is the gradient of its loss with respect to $\mathbf{Y}$. Return
# three gradients of the loss, in this order:
#
# - `dX` `(n, d)`, with respect to `X`;
# - `dgamma` `(d,)`, with respect to `gamma`;
# - `dbeta` `(d,)`, with respect to `beta`.
#
# Each is checked on its own. $\boldsymbol{\mu}$ and $\boldsymbol{\sigma}^2$ depend on `X`, so their
# gradients belong to `dX`. If you add the same number to a whole column, $\mathbf{Y}$ stays as it
# is: so each column of `dX` sums to zero. For $\boldsymbol{\beta}$, which is added to every
# example, it is simple: with `dout = [[1], [2]]`, `dbeta` is `[3]`. Any $n \ge 1$ may come. The
# gradients have the dtype of the arguments, which must be unchanged on return.

# %% [markdown] lang="zh" exercise="batch_norm_backward"
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

# %% exercise="batch_norm_backward"
def batch_norm_backward(dout, X, gamma, eps=1e-5):
    ### BEGIN SOLUTION
    n = len(X)
    deviation = np.sqrt(X.var(axis=0) + eps)
    X_hat = (X - X.mean(axis=0)) / deviation

    dbeta = dout.sum(axis=0)
    dgamma = (dout * X_hat).sum(axis=0)
    # what a change of the mean and of the variance takes back
    dX = gamma / deviation * (dout - dbeta / n - X_hat * dgamma / n)
    return dX, dgamma, dbeta
    ### END SOLUTION

# %% [markdown] lang="en" exercise="LeNet"
# LeNet read handwritten digits in 1998, and convolutional networks are still built like it. Write it
# as an object that can be called: `net = LeNet()`, and `net(X)` turns images `(n, 1, 28, 28)` into
# logits `(n, 10)`, one for each digit, also for $n = 1$.
#
# | layer | result for one image |
# |---|---|
# | convolution with 6 kernels of $5 \times 5$, padding 2 | $6 \times 28 \times 28$ |
# | pooling, size 2, stride 2 | $6 \times 14 \times 14$ |
# | convolution with 16 kernels of $5 \times 5$, no padding | $16 \times 10 \times 10$ |
# | pooling, size 2, stride 2, then in a row | $16 \times 5 \times 5 = 400$ |
# | fully connected | $120$ |
# | fully connected | $84$ |
# | fully connected | $10$ |
#
# An activation follows the two convolutions and the first two fully connected layers. Which one, and
# whether pooling takes the mean or the maximum, is up to you. Nothing follows the last layer: softmax
# belongs to the loss. Each of the five layers has a weight and a bias; with $156 + 2416 + 48120 +
# 10164 + 850$ that makes $61706$ numbers in ten parameters, and no more. Each of them gets a gradient.
#
# The weights begin at random, in every network anew, and networks share no parameters. The result
# for an image depends on no other image and on no earlier call. Layers of your framework and your
# functions from above may be used. `X` must be unchanged on return.

# %% [markdown] lang="zh" exercise="LeNet"
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

# %% [markdown] lang="en" exercise="LeNet" framework="torch"
# The object is an `nn.Module`, so that PyTorch finds its parameters.

# %% [markdown] lang="zh" exercise="LeNet" framework="torch"
# 这个对象是`nn.Module`，因此PyTorch能找到它的参数。

# %% [markdown] lang="en" exercise="LeNet" framework="tensorflow"
# The object is a model of Keras, whose parameters are its `trainable_variables`. Keras' layers want
# the channels last: transpose `X` first.

# %% [markdown] lang="zh" exercise="LeNet" framework="tensorflow"
# 这个对象是Keras的模型，它的参数是`trainable_variables`。Keras的层要求通道在最后一维：
# 请先转置`X`。

# %% [markdown] lang="en" exercise="LeNet" framework="mxnet"
# The object is a `gluon.Block`, whose parameters are `collect_params()`; whoever uses it initializes
# them, unless you have.

# %% [markdown] lang="zh" exercise="LeNet" framework="mxnet"
# 这个对象是`gluon.Block`，它的参数是`collect_params()`；如果你没有初始化参数，使用它的人会初始化它们。

# %% [markdown] lang="en" exercise="LeNet" framework="numpy jax"
# Its parameters are the arrays of floats that are its attributes when it has been made, also those
# in lists, tuples and dicts: keep no others there.

# %% [markdown] lang="zh" exercise="LeNet" framework="numpy jax"
# 它的参数，是对象创建后其属性中的浮点数组，包括列表、元组和字典里的浮点数组：不要在这些地方存放其他浮点数组。

# %% exercise="LeNet" framework="numpy"
class LeNet:
    """A convolutional network for images of digits."""

    def __init__(self):
        ### BEGIN SOLUTION
        shapes = [(6, 1, 5, 5), (16, 6, 5, 5), (400, 120), (120, 84), (84, 10)]
        self.weights = [np.random.normal(0, 0.1, shape) for shape in shapes]
        self.biases = [np.zeros(n) for n in (6, 16, 120, 84, 10)]
        ### END SOLUTION

    def __call__(self, X: np.ndarray) -> np.ndarray:
        """Return the logits ``(n, 10)`` of images ``(n, 1, 28, 28)``."""
        ### BEGIN SOLUTION
        W1, W2, W3, W4, W5 = self.weights
        b1, b2, b3, b4, b5 = self.biases
        H = avg_pool2d(np.tanh(conv2d(X, W1, b1, padding=2)), 2, 2)
        H = avg_pool2d(np.tanh(conv2d(H, W2, b2)), 2, 2)
        H = H.reshape(len(X), 400)
        H = np.tanh(H @ W3 + b3)
        H = np.tanh(H @ W4 + b4)
        return H @ W5 + b5
        ### END SOLUTION

# %% exercise="LeNet" framework="torch"
class LeNet(torch.nn.Module):
    """A convolutional network for images of digits."""

    def __init__(self):
        super().__init__()
        ### BEGIN SOLUTION
        nn = torch.nn
        self.net = nn.Sequential(
            *(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()),
            *(nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
        )
        ### END SOLUTION

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Return the logits ``(n, 10)`` of images ``(n, 1, 28, 28)``."""
        ### BEGIN SOLUTION
        return self.net(X)
        ### END SOLUTION

# %% exercise="LeNet" framework="tensorflow"
class LeNet(tf.keras.Model):
    """A convolutional network for images of digits."""

    def __init__(self):
        super().__init__()
        ### BEGIN SOLUTION
        layers = tf.keras.layers
        self.steps = [
            *(layers.Conv2D(6, 5, padding="same", activation="relu"), layers.MaxPool2D(2)),
            *(layers.Conv2D(16, 5, activation="relu"), layers.MaxPool2D(2), layers.Flatten()),
            *(layers.Dense(120, "relu"), layers.Dense(84, "relu"), layers.Dense(10)),
        ]
        ### END SOLUTION

    def call(self, X: tf.Tensor) -> tf.Tensor:
        """Return the logits ``(n, 10)`` of images ``(n, 1, 28, 28)``."""
        ### BEGIN SOLUTION
        X = tf.transpose(X, (0, 2, 3, 1))
        for step in self.steps:
            X = step(X)
        return X
        ### END SOLUTION

# %% framework="mxnet"
from mxnet.gluon import nn

# %% exercise="LeNet" framework="mxnet"
class LeNet(nn.Block):
    """A convolutional network for images of digits."""

    def __init__(self):
        super().__init__()
        ### BEGIN SOLUTION
        self.net = nn.Sequential()
        self.net.add(
            *(nn.Conv2D(6, 5, padding=2, activation="relu"), nn.MaxPool2D(2, 2)),
            *(nn.Conv2D(16, 5, activation="relu"), nn.MaxPool2D(2, 2)),
            *(nn.Dense(120, "relu"), nn.Dense(84, "relu"), nn.Dense(10)),
        )
        ### END SOLUTION

    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return the logits ``(n, 10)`` of images ``(n, 1, 28, 28)``."""
        ### BEGIN SOLUTION
        return self.net(X)
        ### END SOLUTION

# %% exercise="LeNet" framework="jax"
class LeNet:
    """A convolutional network for images of digits."""

    def __init__(self):
        ### BEGIN SOLUTION
        shapes = [(6, 1, 5, 5), (16, 6, 5, 5), (400, 120), (120, 84), (84, 10)]
        self.weights = [0.1 * jnp.asarray(np.random.randn(*shape)) for shape in shapes]
        self.biases = [jnp.zeros(n) for n in (6, 16, 120, 84, 10)]
        ### END SOLUTION

    def __call__(self, X: jax.Array) -> jax.Array:
        """Return the logits ``(n, 10)`` of images ``(n, 1, 28, 28)``."""
        ### BEGIN SOLUTION
        W1, W2, W3, W4, W5 = self.weights
        b1, b2, b3, b4, b5 = self.biases
        H = avg_pool2d(jnp.tanh(conv2d(X, W1, b1, padding=2)), 2, 2)
        H = avg_pool2d(jnp.tanh(conv2d(H, W2, b2)), 2, 2)
        H = H.reshape(len(X), 400)
        H = jnp.tanh(H @ W3 + b3)
        H = jnp.tanh(H @ W4 + b4)
        return H @ W5 + b5
        ### END SOLUTION

# %% [markdown] lang="en" story="conv2d conv2d_backward max_pool2d max_pool2d_backward"
# ## A network that learns what to look for
#
# Each image shows a bar, upright or lying, somewhere in noise. Your convolution runs four kernels
# over it, your max-pooling keeps the best match of each, wherever it is, and one logistic unit
# decides. Your backward functions train it all. Above, some of the images; below, the four kernels
# that it has learned: which ones look for upright bars, which for lying ones? They begin as noise,
# and nobody has told them about bars.

# %% [markdown] lang="zh" story="conv2d conv2d_backward max_pool2d max_pool2d_backward"
# ## 自己学会看什么的网络
#
# 每幅图像的噪声中都有一条竖直或水平的短杠，位置不定。你的卷积层用四个卷积核扫过图像，
# 你的最大汇聚层保留每个卷积核的最佳匹配，不管它在哪里，最后由一个逻辑单元作出判断。
# 训练全部靠你写的反向函数完成。上面一行是一部分图像，下面一行是网络学到的四个卷积核：
# 哪些在找竖直的短杠，哪些在找水平的？它们最初只是噪声，并没有人告诉它们什么是短杠。

# %% story="conv2d conv2d_backward max_pool2d max_pool2d_backward" framework="torch"
import numpy

array, as_numpy = torch.as_tensor, numpy.asarray

# %% story="conv2d conv2d_backward max_pool2d max_pool2d_backward" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray

# %% story="conv2d conv2d_backward max_pool2d max_pool2d_backward" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray

# %% story="conv2d conv2d_backward max_pool2d max_pool2d_backward" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray

# %% story="conv2d conv2d_backward max_pool2d max_pool2d_backward" framework="mxnet"
import numpy

array = np.array


def as_numpy(x):
    return x.asnumpy() if hasattr(x, "asnumpy") else numpy.asarray(x)

# %% story="conv2d conv2d_backward max_pool2d max_pool2d_backward"
import matplotlib.pyplot as plt

rng = numpy.random.default_rng(1)
images = 0.3 * rng.normal(size=(60, 1, 8, 8))
upright = numpy.arange(60) % 2
for picture, is_upright in zip(images[:, 0], upright, strict=True):
    across, along = rng.integers(8), rng.integers(4)
    (picture.T if is_upright else picture)[across, along : along + 5] += 1
W, b = 0.3 * rng.normal(size=(4, 1, 3, 3)), numpy.zeros(4)
v, bias, learning_rate, losses = numpy.array([1.0, 1.0, -1.0, -1.0]), 0.0, 0.8, []
for _ in range(50):
    conv = conv2d(array(images), array(W), array(b))
    best = as_numpy(max_pool2d(conv, 6, 6)).reshape(60, 4)
    chance = 1 / (1 + numpy.exp(-(numpy.maximum(best, 0) @ v + bias)))
    losses.append(-numpy.mean(numpy.log(numpy.where(upright, chance, 1 - chance))))
    error = (chance - upright) / 60
    d_best = numpy.outer(error, v) * (best > 0)
    d_conv = max_pool2d_backward(array(d_best.reshape(60, 4, 1, 1)), conv, 6, 6)
    _, dW, db = conv2d_backward(d_conv, array(images), array(W))
    v, bias = v - learning_rate * numpy.maximum(best, 0).T @ error, bias - learning_rate * error.sum()
    W, b = W - learning_rate * as_numpy(dW), b - learning_rate * as_numpy(db)
right_ones = numpy.mean((chance > 0.5) == upright)
figure = plt.figure(figsize=(9, 3.6), layout="constrained")
places = figure.subplot_mosaic("abcdLL;efghLL")
for n, letter in enumerate("abcd"):
    places[letter].imshow(images[n, 0], cmap="gray")
for n, letter in enumerate("efgh"):
    places[letter].imshow(W[n, 0], cmap="bwr", vmin=-abs(W).max(), vmax=abs(W).max())
    places[letter].set(title="for upright" if v[n] > 0 else "for lying")
for letter in "abcdefgh":
    places[letter].set(xticks=(), yticks=())
places["L"].plot(losses)
places["L"].set(title=f"accuracy {right_ones:.0%}", xlabel="step", ylabel="loss", ylim=0)
plt.show()
