# %% [markdown] lang="en"
# A project puts together what the other assignments built in parts. Each starts from data and
# ends with predictions that are judged on data you have not seen. The data lie in the folder
# `data` beside this file, and `course_data.py` reads them. You write each project as one function,
# and may write as many helper functions as you like.

# %% [markdown] lang="zh"
# 项目把其他作业中分别实现的内容组合起来。每个项目都从数据出发，最后给出预测，并在你没有见过的数据上
# 评判。数据在本文件旁边的`data`文件夹中，由`course_data.py`读取。每个项目写成一个函数，你也可以另写
# 任意多个辅助函数。

# %%
from collections.abc import Callable

import torch
from torch import nn

# %% [markdown] lang="en" exercise="house_prices"
# Predict what houses cost, from a table with gaps and words, and estimate how good the predictions
# are. `train` and `test` are dicts from the names of columns to columns with one entry per house:
# either a tensor of numbers, of shape `(n,)`, with NaN where a number is missing, or a list of
# strings, with `None` where one is missing. Both have the same columns, in the same order, and
# `train` also has `"price"`, positive numbers without gaps. A *fit* to some rows, the known ones:
#
# - A column of numbers is standardized by the mean and the deviation of the known numbers in it
#   (divide by their count; a deviation of 0 counts as 1). **Then** a missing number becomes 0.
# - A column of words becomes one indicator (1 or 0) for each word among the known rows, and one for
#   missing ones. A word that is not among the known rows has no indicator.
# - The model is linear in these features: $\log \hat{y} - \mu = \mathbf{x}^\top \mathbf{w} + b$,
#   where $\mu$ is the mean of the logarithms of the known prices. From
#   $\mathbf{w} = 0$, $b = 0$ it takes `num_epochs` steps over all known rows, with learning rate
#   `lr`: each parameter follows the gradient of the mean of half the squared errors of the
#   logarithms, plus `wd` times the parameter, the bias as well.
#
# `k`-fold cross-validation cuts the rows of `train`, in order, into `k` folds of
# $\lfloor n / k \rfloor$ rows and leaves the rest out. Each fold in turn is held back: the model is
# fit to the other folds, and predicts both parts. The log-RMSE of a part is the root of the mean
# square of $\log \hat{y} - \log y$ over its rows. Return three results: the mean over the folds of
# the log-RMSE of the training part, the same for the part held back, and the predicted prices for
# `test`, a tensor `(m,)`, from a fit to **all** rows of `train`. Means and deviations never come
# from rows that are predicted only. `train` and `test` must be unchanged on return.
#
# The table of the course, with `k=5`, `lr=0.3`, `num_epochs=50` and `wd=0`, gives about 0.093,
# 0.108 and prices that are as good. There each log-RMSE, also that of the prices, must be below
# 0.15.

# %% [markdown] lang="zh" exercise="house_prices"
# 根据一张有缺失值、有文字的表格预测房价，并估计预测的好坏。`train`和`test`是从列名到列的字典，每列中每
# 座房屋占一项：要么是形状为`(n,)`的数的张量，缺失处为NaN；要么是字符串的列表，缺失处为`None`。两者的列
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
# 以及用`train`的**全部**行拟合后对`test`预测的价格，即形状为`(m,)`的张量。均值和标准差绝不能来自只用于
# 预测的行。函数返回后，`train`和`test`必须保持不变。
#
# 对于课程的表格，取`k=5`、`lr=0.3`、`num_epochs=50`、`wd=0`，前两个结果约为0.093和0.108，预测的
# 价格也同样准确。此时每个对数均方根误差（包括预测价格的）都必须小于0.15。

# %% exercise="house_prices"
def house_prices(
    train: dict[str, torch.Tensor | list[str | None]],
    test: dict[str, torch.Tensor | list[str | None]],
    k: int,
    lr: float,
    num_epochs: int,
    wd: float,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return the mean log-RMSE of training and of validation, and prices for ``test``."""
    ### BEGIN SOLUTION
    dtype = train["price"].dtype
    logs = train["price"].log()

    def rows(column, chosen):
        return [column[j] for j in chosen] if isinstance(column, list) else column[chosen]

    def features(table, known):
        columns = []
        for name in test:
            if isinstance(known[name], list):
                seen = {word for word in known[name] if word is not None}
                for word in [*sorted(seen), None]:
                    hits = [value == word for value in table[name]]
                    columns.append(torch.tensor(hits, dtype=dtype))
            else:
                numbers = known[name][~known[name].isnan()]
                mean = numbers.mean()
                deviation = ((numbers - mean) ** 2).mean().sqrt()
                if (numbers == numbers[0]).all():
                    deviation = 1
                column = (table[name] - mean) / deviation
                columns.append(torch.where(table[name].isnan(), 0, column))
        return torch.stack(columns, dim=1)

    def fit(known, y):
        X, mean = features(known, known), y.mean()
        w, b = torch.zeros(X.shape[1], dtype=dtype), torch.zeros((), dtype=dtype)
        for _ in range(num_epochs):
            error = X @ w + b - (y - mean)
            dw, db = X.T @ error / len(y), error.mean()
            w, b = w - lr * (dw + wd * w), b - lr * (db + wd * b)
        return lambda table: features(table, known) @ w + b + mean

    def rmse(predicted, y):
        return ((predicted - y) ** 2).mean().sqrt()

    size = len(logs) // k
    train_errors, valid_errors = [], []
    for i in range(k):
        held_back = [j for j in range(k * size) if j // size == i]
        others = [j for j in range(k * size) if j // size != i]
        inner, outer = (
            {name: rows(train[name], chosen) for name in test} for chosen in (others, held_back)
        )
        predict = fit(inner, logs[others])
        train_errors.append(rmse(predict(inner), logs[others]))
        valid_errors.append(rmse(predict(outer), logs[held_back]))
    prices = fit(train, logs)(test).exp()
    return sum(train_errors) / k, sum(valid_errors) / k, prices
    ### END SOLUTION

# %% [markdown] lang="en" exercise="bike_rides"
# Predict how many bicycles are hired in an hour (`rides.csv`). A plane cannot: on workdays most go in
# the morning and the evening, on days off around noon. Make a network by hand, with one layer of
# `hidden` sigmoid units and a linear output:
#
# $$\hat{\mathbf{Y}} = \sigma(\mathbf{X} \mathbf{W}_1 + \mathbf{b}_1) \, \mathbf{W}_2 + b_2.$$
#
# The weights of a layer begin as normal numbers with mean $0$ and deviation
# $1 / \sqrt{n_\mathrm{in}}$, where $n_\mathrm{in}$ is the number of its inputs; biases begin at $0$.
# Train with minibatch stochastic gradient descent: `num_epochs` times through the examples, in
# minibatches of `batch_size`, the last of which may be short. After each minibatch every parameter
# takes a step against the gradient, with learning rate `lr`, of the mean of
# $\frac{1}{2} (\hat{y} - y)^2$ over the examples that are really in it. The gradients by the chain
# rule are a few lines; the framework may also differentiate.
#
# `X` has shape `(n, d)` and holds standardized features, `y` has shape `(n, 1)`. Return a function
# `net`: for features of shape `(m, d)`, `net(X)` has shape `(m, 1)`, and each row depends on the same
# row of `X` alone. With `num_epochs = 0` it is the network as it began. It also takes numbers far
# from the data, where sigmoid units saturate. `X` and `y` must be unchanged on return.
#
# On rides not seen before, the mean square error of the better of two networks must be at most 0.4
# times that of the plane fit by least squares, with `hidden=16`, `lr=0.1`, `num_epochs=80`,
# `batch_size=8` and `y` standardized as well; about 0.1 times is usual.

# %% [markdown] lang="zh" exercise="bike_rides"
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

# %% exercise="bike_rides"
def bike_rides(
    X: torch.Tensor, y: torch.Tensor, hidden: int, lr: float, num_epochs: int, batch_size: int
) -> Callable[[torch.Tensor], torch.Tensor]:
    """Return a trained network, a function of features."""
    ### BEGIN SOLUTION
    n, d = X.shape
    W1 = torch.randn(d, hidden, dtype=X.dtype) / d**0.5
    W2 = torch.randn(hidden, 1, dtype=X.dtype) / hidden**0.5
    b1, b2 = torch.zeros(hidden, dtype=X.dtype), torch.zeros(1, dtype=X.dtype)

    def net(X):
        return torch.sigmoid(X @ W1 + b1) @ W2 + b2

    for _ in range(num_epochs):
        for batch in torch.randperm(n).split(batch_size):
            x, h = X[batch], torch.sigmoid(X[batch] @ W1 + b1)
            error = (h @ W2 + b2 - y[batch]) / len(batch)
            dz = error @ W2.T * h * (1 - h)
            W2 -= lr * h.T @ error
            b2 -= lr * error.sum(dim=0)
            W1 -= lr * x.T @ dz
            b1 -= lr * dz.sum(dim=0)
    return net
    ### END SOLUTION

# %% [markdown] lang="en" story="bike_rides"
# ## Two kinds of days
#
# Here is what the network has learned from the table of the course, for dry hours of average warmth:
# on the left a day off, on the right a workday. A plane adds something for the hour and something
# for the day, so its curve has the same shape on both days, and it misses the rush on either. Your
# network has found both shapes. Each point is an hour of the table.

# %% [markdown] lang="zh" story="bike_rides"
# ## 两种日子
#
# 下面是网络从课程的表格中学到的，温度适中、没有下雨：左图是休息日，右图是工作日。线性模型把时段的影响
# 和日子的影响相加，所以它的曲线在两种日子形状相同，哪一天的高峰都抓不住。你的网络找到了两种形状。每个
# 点是表格中的一个小时。

# %% story="bike_rides" framework="torch"
import numpy

torch.manual_seed(1)

array = torch.as_tensor


def as_numpy(x):
    return x.detach().numpy()

# %% story="bike_rides" framework="numpy"
import numpy

array, as_numpy = np.array, numpy.asarray
numpy.random.seed(1)

# %% story="bike_rides" framework="tensorflow"
import numpy

array, as_numpy = tf.constant, numpy.asarray
tf.random.set_seed(1)

# %% story="bike_rides" framework="jax"
import numpy

array, as_numpy = jnp.array, numpy.asarray
numpy.random.seed(1)

# %% story="bike_rides" framework="mxnet"
import numpy

npx.random.seed(1)


def array(x):
    return np.array(x, dtype="float32")


def as_numpy(x):
    return x.asnumpy()

# %% story="bike_rides"
import matplotlib.pyplot as plt
from course_data import read_rides

table, hired = read_rides()
mean, deviation = table.mean(axis=0), table.std(axis=0)
features, labels = (table - mean) / deviation, (hired - hired.mean()) / hired.std()
net = bike_rides(array(features), array(labels), 16, 0.1, 80, 8)
plane = numpy.linalg.lstsq(features, labels, rcond=None)[0]
hours = 3 * numpy.arange(8)
figure, axes = plt.subplots(1, 2, figsize=(9, 3.5), sharey=True, layout="constrained")
for workday, axis in enumerate(axes):
    dry = (table[:, 8] == workday) & (table[:, 10] == 0)
    axis.scatter(table[dry, :8] @ hours, hired[dry], s=8, color="0.7")
    day = numpy.hstack([numpy.eye(8), numpy.tile([workday, mean[9], 0], (8, 1))])
    day = (day - mean) / deviation
    for found, style, label in [
        (day @ plane, "k:", "best plane"),
        (as_numpy(net(array(day))), "-", "network"),
    ]:
        axis.plot(hours, hired.mean() + hired.std() * found, style, label=label)
    axis.set(xlabel="hour", xticks=hours, title=("day off", "workday")[workday])
axes[0].set(ylabel="bicycles hired")
axes[0].legend()
plt.show()

# %% [markdown] lang="en" exercise="image_classifier"
# Tell what images show. `train` is a pair of tensors: images, of shape `(n, 1, 16, 16)`, with greys
# from 0 to 1, and their labels, of shape `(n,)`, whole numbers from $0$ to $k - 1$, each of which
# occurs. `test` is a tensor of other images, of shape `(m, 1, 16, 16)`. Train a network on `train`,
# and return the label that it predicts for each image of `test`, in their order: a tensor of shape
# `(m,)` and of any numeric dtype.
#
# A shape may lie anywhere in its image, so a single pixel says little. Convolutions find a shape
# wherever it is, and LeNet fits: with kernels of $5 \times 5$ and padding 2, the first convolution
# and pooling leave $8 \times 8$ numbers, the second ones, without padding, $2 \times 2$. With 16
# channels, $16 \cdot 2 \cdot 2 = 64$ numbers reach the first fully connected layer. Layers, loss,
# optimizer and number of epochs are your choice.
#
# - What a label means, and $k$, follow from `train` alone, anew in each call. The images of `train`
#   may come in any order, such as sorted by label.
# - The prediction for an image depends on `train` and that image, not on others in `test`. Those
#   may be anything, such as a thousand times as bright. So statistics come from `train`, and blocks
#   that have modes, such as batch normalization, are in evaluation mode.
# - `train` and `test` must be unchanged on return.
#
# The images of the course, 400 for training and 200 for testing, show shapes of four kinds. A
# linear classifier gets about 0.55 of them right, LeNet 0.97. An accuracy of 0.8 is asked for, also
# on other such images, of three to five kinds, with 100 of each kind to train on. A call may take
# 20 seconds of processor time; LeNet needs about one.

# %% [markdown] lang="zh" exercise="image_classifier"
# 识别图像中的形状。`train`是一对张量：图像，形状为`(n, 1, 16, 16)`，灰度在0到1之间；以及它们的标签，形状为
# `(n,)`，是$0$到$k - 1$的整数，每个标签都会出现。`test`是另一些图像的张量，形状为`(m, 1, 16, 16)`。用
# `train`训练一个网络，按顺序返回它对`test`中每幅图像预测的标签：形状为`(m,)`的张量，可以是任意数值类型。
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

# %% exercise="image_classifier"
def image_classifier(
    train: tuple[torch.Tensor, torch.Tensor], test: torch.Tensor
) -> torch.Tensor:
    """Return the label predicted for each image of ``test``."""
    ### BEGIN SOLUTION
    images, labels = train
    mean, deviation = images.mean(), images.std()
    net = nn.Sequential(
        nn.Conv2d(1, 6, kernel_size=5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, kernel_size=5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64, 84), nn.ReLU(), nn.Linear(84, int(labels.max()) + 1),
    ).to(images.dtype)  # fmt: skip
    optimizer = torch.optim.Adam(net.parameters(), lr=0.007)
    X = (images - mean) / deviation
    for _ in range(10):
        for batch in torch.randperm(len(X)).split(50):
            loss = nn.functional.cross_entropy(net(X[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        return net((test - mean) / deviation).argmax(dim=1)
    ### END SOLUTION

# %% [markdown] lang="en" exercise="char_language_model"
# Learn to predict text, one character after another. The vocabulary is `sorted(set(text))`, of $v$
# characters. Make a recurrent network with $h$ = `num_hiddens` units, where $\mathbf{x}_t$ is the
# one-hot row of character $t$:
#
# $$\mathbf{h}_t = \tanh(\mathbf{x}_t \mathbf{W}_{xh} + \mathbf{h}_{t-1} \mathbf{W}_{hh} +
# \mathbf{b}_h), \quad \hat{\mathbf{y}}_t = \mathrm{softmax}(\mathbf{h}_t \mathbf{W}_{hq} +
# \mathbf{b}_q), \quad \mathbf{h}_0 = 0.$$
#
# All weights begin as normal numbers with mean $0$ and deviation $1 / \sqrt{h}$, biases at $0$. Cut
# the text into parts of `num_steps` characters (the rest may be left out). Each character of a part
# is an input, and its label is the character that follows it in the text. Every part begins with
# the state $\mathbf{h}_0$. An epoch is **one** step of gradient descent, with learning rate `lr`,
# for the mean of the cross-entropy over all characters of all parts. Before the step, a gradient
# whose norm, over all parameters together, is above $1$ is scaled to norm $1$. Take `num_epochs`
# such steps; the framework may differentiate.
#
# Return a function `predict`. For a string of $m \ge 1$ characters, `predict(prefix)` has shape
# `(m, v)`: row $t$ holds the probabilities $\hat{\mathbf{y}}_t$ of what follows the first $t$
# characters, in the order of the vocabulary. So it sums to one and depends on no later character.
# Every call begins with the state $\mathbf{h}_0$.
#
# With `num_hiddens=32`, `num_steps=12`, `lr=2` and `num_epochs=80` on 1000 characters such as the
# course's (`sentences.txt`), the perplexity on a text that the model has not seen must be below 2.5;
# about 1.7 is usual, and counting pairs of characters gives about 3.3.

# %% [markdown] lang="zh" exercise="char_language_model"
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

# %% exercise="char_language_model"
def char_language_model(
    text: str, num_hiddens: int, num_steps: int, lr: float, num_epochs: int
) -> Callable[[str], torch.Tensor]:
    """Return a trained model, a function that gives the probabilities after each character."""
    ### BEGIN SOLUTION
    vocab = {char: index for index, char in enumerate(sorted(set(text)))}
    v, h = len(vocab), num_hiddens
    shapes = [(v, h), (h, h), (h, v)]
    Wxh, Whh, Whq = (torch.randn(shape) / h**0.5 for shape in shapes)
    bh, bq = torch.zeros(h), torch.zeros(v)
    params = [Wxh, Whh, Whq, bh, bq]
    for param in params:
        param.requires_grad_()

    def indices(chars):
        return torch.tensor([vocab[char] for char in chars])

    def forward(inputs):
        H, outputs = torch.zeros(inputs.shape[0], h), []
        for x in inputs.T:
            H = torch.tanh(Wxh[x] + H @ Whh + bh)
            outputs.append(torch.log_softmax(H @ Whq + bq, dim=1))
        return torch.stack(outputs, dim=1)

    size = (len(text) - 1) // num_steps * num_steps
    X = indices(text[:size]).reshape(-1, num_steps)
    Y = indices(text[1 : size + 1]).reshape(-1, num_steps, 1)
    for _ in range(num_epochs):
        loss = -forward(X).gather(2, Y).mean()
        grads = torch.autograd.grad(loss, params)
        norm = sum((grad**2).sum() for grad in grads) ** 0.5
        with torch.no_grad():
            for param, grad in zip(params, grads, strict=True):
                param -= lr * grad / max(norm, 1)

    @torch.no_grad()
    def predict(prefix):
        return forward(indices(prefix).reshape(1, -1))[0].exp()

    return predict
    ### END SOLUTION

# %% [markdown] lang="en" story="char_language_model"
# ## What comes next
#
# Your model reads a sentence, one column for each character. The darker a square, the more likely
# the model holds the character on the left to come next. It is sure inside words, and after "two" it
# expects an *s* where an animal ends; at the beginning of a word it keeps all animals open. Above the
# picture is what it writes itself when each next character is drawn with these probabilities.

# %% [markdown] lang="zh" story="char_language_model"
# ## 下一个字符
#
# 你的模型逐个字符地读一个句子，每个字符占一列。方格颜色越深，模型就认为左边的字符越有可能接着出现。
# 在单词内部它很有把握；在two之后，动物名的末尾它预测*s*；而在单词开头，它给各种动物都留有余地。图的上方
# 是模型自己写的文本：每个字符都按这些概率抽取。

# %% story="char_language_model" framework="torch"
import numpy

torch.manual_seed(1)


def as_numpy(x):
    return x.detach().numpy()

# %% story="char_language_model" framework="numpy jax"
import numpy

as_numpy = numpy.asarray
numpy.random.seed(1)

# %% story="char_language_model" framework="tensorflow"
import numpy

as_numpy = numpy.asarray
tf.random.set_seed(1)

# %% story="char_language_model" framework="mxnet"
import numpy

npx.random.seed(1)


def as_numpy(x):
    return x.asnumpy()

# %% story="char_language_model"
import matplotlib.pyplot as plt
from course_data import read_sentences

text = read_sentences()[:1000]
vocabulary = sorted(set(text))
predict = char_language_model(text, 32, 12, 2, 80)
sentence = "two cows like a pig. a hen sees two cats."
written = "a "
rng = numpy.random.default_rng(3)
while len(written) < 60:
    chances = as_numpy(predict(written))[-1].astype(float)
    written += str(rng.choice(vocabulary, p=chances / chances.sum()))
plt.figure(figsize=(9, 4.5), layout="constrained")
plt.imshow(as_numpy(predict(sentence)).T, cmap="Greys", aspect="auto")
plt.xticks(range(len(sentence)), list(sentence.replace(" ", "␣")))
plt.yticks(range(len(vocabulary)), ["␣" if char == " " else char for char in vocabulary])
plt.title(written)
plt.xlabel("character read")
plt.ylabel("next character")
plt.show()
