# %% [markdown]
# # 项目

# %% [markdown]
# 项目把其他作业中分别实现的内容组合起来。每个项目都从数据出发，最后给出预测，并在你没有见过的数据上
# 评判。数据在本文件旁边的`data`文件夹中，由`course_data.py`读取。每个项目写成一个函数，你也可以另写
# 任意多个辅助函数。

# %%
# framework: numpy
from collections.abc import Callable

import numpy as np

# %% [markdown]
# ## house_prices · 预测房价（20 分）
#
# 根据一张有缺失值、有文字的表格预测房价，并估计预测的好坏。`train`和`test`是从列名到列的字典，每列中每
# 座房屋占一项：要么是形状为`(n,)`的数的数组，缺失处为NaN；要么是字符串的列表，缺失处为`None`。两者的列
# 相同，顺序也相同；`train`另有`"price"`列，都是正数，没有缺失。用若干行（已知行）*拟合*的方法如下：
#
# - 数的列用其中已知的数的均值和标准差来标准化（方差除以它们的个数；标准差为0时按1计算）。**然后**缺失的
#   数取0。
# - 文字的列变为若干指示列（1或0）：已知行中出现的每个词一列，缺失值一列。没有在已知行中出现的词没有指示
#   列。
# - 模型对这些特征是线性的：$\log \hat{y} - \mu = \mathbf{x}^\top \mathbf{w} + b$，其中$\mu$是已知价格
#   的对数的均值。从$\mathbf{w} = 0$、$b = 0$出发，以学习率`lr`在全部已知行上走`num_epochs`步：每个参数
#   沿着对数误差平方的一半的均值的梯度，再加上`wd`乘以该参数（偏置也不例外）来更新。
#
# `k`折交叉验证把`train`的各行按顺序分成`k`折，每折$\lfloor n / k \rfloor$行，余下的行不用。依次留出每
# 一折：用其他各折拟合模型，再对两部分做预测。一个部分的对数均方根误差是其各行的$\log \hat{y} - \log y$
# 的均方根。返回三个结果：训练部分的对数均方根误差对各折的平均值，留出部分的对数均方根误差对各折的平均值，
# 以及用`train`的**全部**行拟合后对`test`预测的价格，即形状为`(m,)`的数组。均值和标准差绝不能来自只用于
# 预测的行。函数返回后，`train`和`test`必须保持不变。
#
# 对于课程的表格，取`k=5`、`lr=0.3`、`num_epochs=50`、`wd=0`，前两个结果约为0.093和0.108，预测的
# 价格也同样准确。此时每个对数均方根误差（包括预测价格的）都必须小于0.15。
#
# 请亲手实现：不允许使用`numpy.linalg.lstsq`、`sklearn.model_selection.*`、`sklearn.preprocessing.*`之类现成的实现。

# %%
def house_prices(
    train: dict[str, np.ndarray | list[str | None]],
    test: dict[str, np.ndarray | list[str | None]],
    k: int,
    lr: float,
    num_epochs: int,
    wd: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the mean log-RMSE of training and of validation, and prices for ``test``."""
    raise NotImplementedError("house_prices")

# %% [markdown]
# ## bike_rides · 预测自行车租用量（18 分）
#
# 预测一小时内租出多少辆自行车（`rides.csv`）。线性模型做不到：工作日的高峰在早晚，休息日的高峰在中午前后。
# 亲手实现一个网络，它有一个由`hidden`个sigmoid单元组成的隐藏层和一个线性输出：
#
# $$\hat{\mathbf{Y}} = \sigma(\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1) \, \mathbf{W}_2 + b_2.$$
#
# 每一层的权重初始化为均值为$0$、标准差为$1 / \sqrt{n_\mathrm{in}}$的正态随机数，其中$n_\mathrm{in}$
# 是该层输入的个数；偏置从$0$开始。用小批量随机梯度下降训练：遍历样本`num_epochs`次，每个小批量有
# `batch_size`个样本，最后一个可以较小。每个小批量之后，对其中实际的样本，求$\frac{1}{2} (\hat{y} -
# y)^2$的均值的梯度，每个参数以学习率`lr`沿负梯度方向更新一步。用链式法则写出梯度只需几行；也可以让框
# 架来求导。
#
# `X`的形状为`(n, d)`，是标准化之后的特征；`y`的形状为`(n, 1)`。返回一个函数`net`：对形状为`(m, d)`的
# 特征，`net(X)`的形状为`(m, 1)`，每一行只取决于`X`的同一行。`num_epochs = 0`时，它就是初始的网络。它
# 也能处理远离数据的数，在那里sigmoid单元会饱和。函数返回后，`X`和`y`必须保持不变。
#
# 取`hidden=16`、`lr=0.1`、`num_epochs=80`、`batch_size=8`，`y`也经过标准化，那么在没有见过的数据上，
# 两个网络中较好的一个，其均方误差不得超过最小二乘线性拟合的0.4倍；通常约为0.1倍。
#
# 请亲手实现：不允许使用`sklearn.neural_network.MLPRegressor`、`sklearn.neural_network.*`、`sklearn.*`之类现成的实现。

# %%
def bike_rides(
    X: np.ndarray, y: np.ndarray, hidden: int, lr: float, num_epochs: int, batch_size: int
) -> Callable[[np.ndarray], np.ndarray]:
    """Return a trained network, a function of features."""
    raise NotImplementedError("bike_rides")

# %% [markdown]
# ## image_classifier · 图像分类器（14 分）
#
# 识别图像中的形状。`train`是一对数组：图像，形状为`(n, 1, 16, 16)`，灰度在0到1之间；以及它们的标签，形状为
# `(n,)`，是$0$到$k - 1$的整数，每个标签都会出现。`test`是另一些图像的数组，形状为`(m, 1, 16, 16)`。用
# `train`训练一个网络，按顺序返回它对`test`中每幅图像预测的标签：形状为`(m,)`的数组，可以是任意数值类型。
#
# 形状可能位于图像中的任何位置，因此单个像素说明不了什么。无论形状在哪里，卷积都能找到它，LeNet正好合适：取
# $5 \times 5$的卷积核、填充为2，第一次卷积和汇聚之后剩下$8 \times 8$个数；第二次不填充，剩下$2 \times 2$个
# 数。若有16个通道，则有$16 \cdot 2 \cdot 2 = 64$个数进入第一个全连接层。层、损失函数、优化器和迭代周期数都由
# 你选择。
#
# - 标签的含义和$k$只由`train`决定，每次调用都重新确定。`train`中的图像可以按任意顺序排列，例如按标签排序。
# - 对一幅图像的预测取决于`train`和这幅图像，而不取决于`test`中的其他图像。那些图像可以是任何样子，例如亮度是
#   平常的一千倍。因此统计量要来自`train`，批量规范化等有不同模式的块要处于评估模式。
# - 函数返回后，`train`和`test`必须保持不变。
#
# 课程的图像（400幅用于训练，200幅用于测试）有四种形状。线性分类器的精度约为0.55，LeNet约为0.97。要求精度达到
# 0.8；对于其他同类图像也是如此，它们有三到五种形状，每种形状有100幅用于训练。一次调用最多可用20秒处理器时间，
# LeNet大约需要一秒。
#
# 请亲手实现：不允许使用`sklearn.svm.*`、`sklearn.neighbors.*`、`sklearn.*`之类现成的实现。

# %%
def image_classifier(
    train: tuple[np.ndarray, np.ndarray], test: np.ndarray
) -> np.ndarray:
    """Return the label predicted for each image of ``test``."""
    raise NotImplementedError("image_classifier")

# %% [markdown]
# ## char_language_model · 字符级语言模型（17 分）
#
# 学习逐个字符地预测文本。词表是`sorted(set(text))`，共$v$个字符。实现一个有$h$（即`num_hiddens`）个隐藏
# 单元的循环神经网络，其中$\mathbf{x}_t$是第$t$个字符的独热行向量：
#
# $$\mathbf{h}_t = \tanh(\mathbf{x}_t \mathbf{W}_{xh} + \mathbf{h}_{t-1} \mathbf{W}_{hh} +
# \mathbf{b}_h), \quad \hat{\mathbf{y}}_t = \mathrm{softmax}(\mathbf{h}_t \mathbf{W}_{hq} +
# \mathbf{b}_q), \quad \mathbf{h}_0 = 0.$$
#
# 所有权重初始化为均值为$0$、标准差为$1 / \sqrt{h}$的正态随机数，偏置从$0$开始。把文本切分成若干段，每段
# `num_steps`个字符（余下的可以不用）。段中每个字符都是输入，它的标签是文本中紧随其后的字符。每一段都从
# 状态$\mathbf{h}_0$开始。一个迭代周期是梯度下降的**一**步，学习率为`lr`，目标是所有段中所有字符的交叉熵
# 的均值。更新之前，若全部参数的梯度合在一起的范数大于$1$，则把梯度缩放到范数为$1$。共更新`num_epochs`
# 步；可以让框架来求导。
#
# 返回一个函数`predict`。对含有$m \ge 1$个字符的字符串，`predict(prefix)`的形状为`(m, v)`：第$t$行是前
# $t$个字符之后的字符的概率$\hat{\mathbf{y}}_t$，按词表的顺序排列。因此每行之和为1，并且不取决于后面的字
# 符。每次调用都从状态$\mathbf{h}_0$开始。
#
# 对于与课程文本（`sentences.txt`）类似的1000个字符，取`num_hiddens=32`、`num_steps=12`、`lr=2`、
# `num_epochs=80`，模型在没有见过的文本上的困惑度必须小于2.5；通常约为1.7，统计相邻字符对的模型约为3.3。

# %%
def char_language_model(
    text: str, num_hiddens: int, num_steps: int, lr: float, num_epochs: int
) -> Callable[[str], np.ndarray]:
    """Return a trained model, a function that gives the probabilities after each character."""
    raise NotImplementedError("char_language_model")
