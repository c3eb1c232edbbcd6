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
import torch

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
