# %% [markdown]
# # Projects

# %% [markdown]
# A project puts together what the other assignments built in parts. Each starts from data and
# ends with predictions that are judged on data you have not seen. The data lie in the folder
# `data` beside this file, and `course_data.py` reads them. You write each project as one function,
# and may write as many helper functions as you like.

# %%
# framework: torch
from collections.abc import Callable

import torch
from torch import nn

# %% [markdown]
# ## house_prices · House prices (20 points)
#
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
#
# Write it yourself: `torch.linalg.lstsq`, `sklearn.model_selection.*`, `sklearn.preprocessing.*` and the like are not allowed.

# %%
def house_prices(
    train: dict[str, torch.Tensor | list[str | None]],
    test: dict[str, torch.Tensor | list[str | None]],
    k: int,
    lr: float,
    num_epochs: int,
    wd: float,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return the mean log-RMSE of training and of validation, and prices for ``test``."""
    raise NotImplementedError("house_prices")

# %% [markdown]
# ## bike_rides · Bicycle rides (18 points)
#
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
#
# Write it yourself: `sklearn.neural_network.MLPRegressor`, `sklearn.neural_network.*`, `sklearn.*` and the like are not allowed.

# %%
def bike_rides(
    X: torch.Tensor, y: torch.Tensor, hidden: int, lr: float, num_epochs: int, batch_size: int
) -> Callable[[torch.Tensor], torch.Tensor]:
    """Return a trained network, a function of features."""
    raise NotImplementedError("bike_rides")

# %% [markdown]
# ## image_classifier · An image classifier (14 points)
#
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
#
# Write it yourself: `sklearn.svm.*`, `sklearn.neighbors.*`, `sklearn.*` and the like are not allowed.

# %%
def image_classifier(
    train: tuple[torch.Tensor, torch.Tensor], test: torch.Tensor
) -> torch.Tensor:
    """Return the label predicted for each image of ``test``."""
    raise NotImplementedError("image_classifier")

# %% [markdown]
# ## char_language_model · A language model of characters (17 points)
#
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

# %%
def char_language_model(
    text: str, num_hiddens: int, num_steps: int, lr: float, num_epochs: int
) -> Callable[[str], torch.Tensor]:
    """Return a trained model, a function that gives the probabilities after each character."""
    raise NotImplementedError("char_language_model")
