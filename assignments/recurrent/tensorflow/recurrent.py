# %% [markdown]
# # Recurrent neural networks

# %% [markdown]
# A recurrent neural network reads a sequence one step at a time and carries a state from each
# step to the next. You write such steps by hand.

# %%
# framework: tensorflow
import tensorflow as tf

# %% [markdown]
# ## lstm_cell · An LSTM cell (10 points)
#
# Compute one time step of a long short-term memory (LSTM) network. From the input `x` of shape
# `(n, d)`, the hidden state `h` and the cell state `c`, both `(n, h)`, compute
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
# `W_x` is `(d, 4h)`, `W_h` is `(h, 4h)` and `b` is `(4h,)`. Their columns hold four blocks of
# `h` columns each, in the order input gate, forget gate, candidate, output gate (i, f, g, o, as
# in PyTorch and Keras). $\sigma$ is the logistic sigmoid. The output gate acts on the **new** cell
# state. Inputs are moderate: neither $e^{\mathbf{A}}$ nor $e^{-\mathbf{A}}$ overflows.
#
# Return the pair `h_new, c_new`: first the hidden state, then the cell state, both `(n, h)` and
# of the dtype of the inputs. All arguments must be unchanged on return.
#
# Write it yourself: `tensorflow.keras.layers.LSTM` and the like are not allowed.

# %%
def lstm_cell(x, h, c, W_x, W_h, b):
    raise NotImplementedError("lstm_cell")
