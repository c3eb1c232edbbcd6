# %% [markdown]
# # 泛化

# %% [markdown]
# 把训练数据背下来的模型没有用处：重要的是它没有见过的数据。如果模型在这样的数据上也表现良好，
# 就说它能够*泛化*。本次作业将实现有助于泛化的各种技术：惩罚项和暂退法，使模型不轻信每个细节；
# 准备数据的方法，以及用留出的数据评价模型的方法；还有让训练有个好开端的初始权重。
#
# 传入的张量至少有一个元素，并像新建的张量那样在内存中按行存放。如果元素是浮点数，
# 类型就是float32或float64。

# %%
# framework: tensorflow
import tensorflow as tf

# %% [markdown]
# ## l2_penalty · L2惩罚（4 分）
#
# 权重很大的模型可能会迁就个别样本。权重衰减让大的权重付出代价：在损失中加上惩罚项的若干倍。
# 返回这个惩罚项，即权重的$L_2$范数的平方的一半：
#
# $$\frac{1}{2} \|\mathbf{w}\|_2^2 = \frac{1}{2} \sum_j w_j^2,$$
#
# 其中对所有元素求和。乘以二分之一是为了让梯度简单：它就是$\mathbf{w}$。
#
# `w`是任意形状的张量：线性回归的权重形状为`(d, 1)`，一个层的权重是矩阵。结果是一个数：
# 例如`w = [3, -4]`时为$12.5$。函数返回后，`w`必须保持不变。
#
# 请亲手实现：不允许使用`tensorflow.keras.losses.MeanSquaredError`、`keras.regularizers.*`、`tensorflow.keras.regularizers.*`之类现成的实现。

# %%
def l2_penalty(w: tf.Tensor) -> tf.Tensor:
    """Return half the squared norm of ``w``, one number."""
    raise NotImplementedError("l2_penalty")

# %% [markdown]
# ## l1_penalty · L1惩罚（4 分）
#
# 对于已经很小的权重，平方惩罚几乎不起作用。$L_1$惩罚则不然：每个权重的代价等于它的绝对值，因此不
# 重要的权重会恰好变为零，剩下的就是选出来的特征。返回`w`的所有元素的绝对值之和：
#
# $$\|\mathbf{w}\|_1 = \sum_j |w_j|.$$
#
# `w`是任意形状的张量。结果是一个数：例如`w = [3, -4]`时为$7$。函数返回后，`w`必须保持不变。
#
# 请亲手实现：不允许使用`tensorflow.norm`、`tensorflow.linalg.norm`、`keras.ops.norm`之类现成的实现。

# %%
def l1_penalty(w: tf.Tensor) -> tf.Tensor:
    """Return the sum of the absolute values of ``w``, one number."""
    raise NotImplementedError("l1_penalty")

# %% [markdown]
# ## weight_decay_step · 带权重衰减的更新（7 分）
#
# 执行一步带权重衰减的小批量随机梯度下降。`params`是由至少一维、任意形状的张量组成的列表，
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
#
# `params`中的张量都是变量（`tf.Variable`）。每个变量都要用`assign`或`assign_sub`*原地*更新；
# 写成`p = p - …`只会得到一个新的张量。函数返回什么都可以。
#
# 请亲手实现：不允许使用`tensorflow.keras.optimizers.*`之类现成的实现。

# %%
def weight_decay_step(
    params: list[tf.Tensor], grads: list[tf.Tensor], lr: float, batch_size: int, wd: float
):
    """Take one step, with decay, of every parameter in ``params``."""
    raise NotImplementedError("weight_decay_step")

# %% [markdown]
# ## dropout · 暂退法（12 分）
#
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
#
# 请亲手实现：不允许使用`tensorflow.nn.dropout`之类现成的实现。

# %%
def dropout(X, p, training=True):
    raise NotImplementedError("dropout")

# %% [markdown]
# ## dropout_backward · 暂退法的反向传播（5 分）
#
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
#
# 请亲手实现：不允许使用`tensorflow.GradientTape`、`tensorflow.nn.dropout`之类现成的实现。

# %%
def dropout_backward(dout: tf.Tensor, mask: tf.Tensor, p: float) -> tf.Tensor:
    """Return the gradient of the loss with respect to the input of dropout."""
    raise NotImplementedError("dropout_backward")

# %% [markdown]
# ## polynomial_features · 多项式特征（5 分）
#
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
#
# 请亲手实现：不允许使用`torch.vander`、`numpy.vander`、`sklearn.preprocessing.PolynomialFeatures`之类现成的实现。

# %%
def polynomial_features(x: tf.Tensor, degree: int) -> tf.Tensor:
    """Return a column for each power of ``x`` from 0 to ``degree``, divided by its factorial."""
    raise NotImplementedError("polynomial_features")

# %% [markdown]
# ## k_fold · K折交叉验证（5 分）
#
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
#
# 请亲手实现：不允许使用`sklearn.model_selection.KFold`、`d2l.torch.get_k_fold_data`、`d2l.tensorflow.get_k_fold_data`之类现成的实现。

# %%
def k_fold(k: int, i: int, X: tf.Tensor, y: tf.Tensor) -> tuple[tf.Tensor, ...]:
    """Return ``X_train, y_train, X_valid, y_valid`` of round ``i``."""
    raise NotImplementedError("k_fold")

# %% [markdown]
# ## standardize · 标准化（5 分）
#
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
#
# 请亲手实现：不允许使用`tensorflow.nn.batch_normalization`、`tensorflow.keras.layers.Normalization`、`tensorflow.keras.layers.BatchNormalization`之类现成的实现。

# %%
def standardize(train: tf.Tensor, test: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Return both tables with the training set's mean removed, in units of its deviation."""
    raise NotImplementedError("standardize")

# %% [markdown]
# ## encode_categories · 类别的指示列（5 分）
#
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
#
# 请亲手实现：不允许使用`keras.layers.StringLookup`、`keras.layers.CategoryEncoding`、`keras.utils.FeatureSpace`之类现成的实现。

# %%
def encode_categories(column: list[str | None], categories: list[str]) -> tf.Tensor:
    """Return an indicator for each category and, last, one for missing values."""
    raise NotImplementedError("encode_categories")

# %% [markdown]
# ## log_rmse · 价格的相对误差（5 分）
#
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
#
# 请亲手实现：不允许使用`keras.losses.MeanSquaredLogarithmicError`、`tensorflow.keras.losses.MeanSquaredLogarithmicError`、`keras.losses.mean_squared_logarithmic_error`之类现成的实现。

# %%
def log_rmse(predictions: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    """Return the root mean square error of the logarithms, one number."""
    raise NotImplementedError("log_rmse")

# %% [markdown]
# ## xavier_normal · Xavier初始化（6 分）
#
# 权重太小，信号会逐层衰减；权重太大，信号会爆炸。反向传播时梯度也是如此。Xavier初始化是两个方向之
# 间的折中。返回一个有`fan_in`个输入、`fan_out`个输出的层的初始权重：形状为`(fan_in, fan_out)`的张
# 量，其元素独立地采样自均值为$0$、**方差**为
#
# $$\sigma^2 = \frac{2}{n_\mathrm{in} + n_\mathrm{out}}$$
#
# 的正态分布，其中$n_\mathrm{in}$为`fan_in`，$n_\mathrm{out}$为`fan_out`。例如有200个输入、120个输
# 出时，标准差约为$0.079$。每次调用都重新采样；不要设置随机数种子。结果可以是任意浮点类型。
#
# 请亲手实现：不允许使用`keras.initializers.GlorotNormal`、`keras.initializers.*`、`tensorflow.keras.initializers.*`之类现成的实现。

# %%
def xavier_normal(fan_in: int, fan_out: int) -> tf.Tensor:
    """Return initial weights of shape ``(fan_in, fan_out)``."""
    raise NotImplementedError("xavier_normal")

# %% [markdown]
# ## gradient_norms · 梯度消失（7 分）
#
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
# `depth`个张量成的列表，第一层在前：
#
# $$\left\| \frac{\partial}{\partial \mathbf{W}_l} \sum_j h_{\text{depth},\,j} \right\|_F.$$
#
# 有10层时，使用sigmoid函数，第一个范数约为最后一个的0.00005；使用ReLU函数，则约为最后一个的2.6倍。
# 范数是随机的：比较的是多次调用的均值和离散程度。

# %%
def gradient_norms(depth: int, activation: str) -> list[float]:
    """Return the norm of the gradient for the weight of each layer, first layer first."""
    raise NotImplementedError("gradient_norms")

# %% [markdown]
# ## covariate_shift_weights · 协变量偏移的权重（4 分）
#
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

# %%
def covariate_shift_weights(p_source: tf.Tensor) -> tf.Tensor:
    """Return the weight of each example."""
    raise NotImplementedError("covariate_shift_weights")
