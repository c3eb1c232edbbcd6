# %% [markdown]
# # 循环神经网络

# %% [markdown]
# 循环神经网络每次读入序列的一个时间步，并把状态从一个时间步传递到下一个时间步。
# 本作业中你将亲手实现这样的计算。

# %%
# framework: mxnet
from mxnet import autograd, np, npx

npx.set_np()

# %% [markdown]
# ## lstm_cell · 长短期记忆网络单元（10 分）
#
# 计算长短期记忆网络（LSTM）的一个时间步。给定形状为`(n, d)`的输入`x`，以及形状都为`(n, h)`的
# 隐状态`h`和记忆元`c`，计算
#
# $$\begin{aligned}
# [\mathbf{A}_i, \mathbf{A}_f, \mathbf{A}_g, \mathbf{A}_o]
#     &= \mathbf{X} \mathbf{W}_x + \mathbf{H} \mathbf{W}_h + \mathbf{b}, \\
# \mathbf{I} = \sigma(\mathbf{A}_i), \quad \mathbf{F} &= \sigma(\mathbf{A}_f), \quad
#     \mathbf{G} = \tanh(\mathbf{A}_g), \quad \mathbf{O} = \sigma(\mathbf{A}_o), \\
# \mathbf{C}' &= \mathbf{F} \odot \mathbf{C} + \mathbf{I} \odot \mathbf{G}, \\
# \mathbf{H}' &= \mathbf{O} \odot \tanh(\mathbf{C}').
# \end{aligned}$$
#
# `W_x`的形状为`(d, 4h)`，`W_h`为`(h, 4h)`，`b`为`(4h,)`。它们的列分为四块，每块`h`列，
# 依次对应输入门、遗忘门、候选记忆元、输出门（即i、f、g、o，与PyTorch和Keras相同）。
# $\sigma$是sigmoid函数。输出门作用于**新的**记忆元。
# 输入大小适中：$e^{\mathbf{A}}$和$e^{-\mathbf{A}}$都不会溢出。
#
# 返回`h_new, c_new`：先是隐状态，后是记忆元，形状都为`(n, h)`，数据类型与输入相同。
# 函数返回后，所有参数必须保持不变。
#
# 请亲手实现：不允许使用`mxnet.gluon.rnn.LSTM`之类现成的实现。

# %%
def lstm_cell(x, h, c, W_x, W_h, b):
    raise NotImplementedError("lstm_cell")
