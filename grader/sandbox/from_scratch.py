"""Library functions that an exercise forbids, because learners must write them from scratch.

A course lists names one by one (``torch.logsumexp``, ``torch.optim.*``) or as a *family*
(``softmax``), which stands for the equivalent functions of all known libraries. Uses are found by
``grader/worker/forbidden_names.py`` and ``grader/worker/forbidden_calls.py``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase

from grader.exercise import RECOGNISED_FRAMEWORKS, Assignment
from grader.language import _

_ENTRY = re.compile(r"[A-Za-z_]\w*(\.[\w*]+)+")
_NAME = re.compile(r"[A-Za-z_]\w*(\.\w+)+", re.ASCII)

_SOFTMAX = """
    torch.softmax torch.log_softmax torch.Tensor.softmax torch.Tensor.log_softmax
    torch.nn.functional.softmax torch.nn.functional.log_softmax torch.nn.functional.softmin
    torch.nn.functional.gumbel_softmax torch.special.softmax torch.special.log_softmax
    torch.nn.Softmax torch.nn.LogSoftmax torch.nn.Softmin torch.nn.Softmax2d
    torch.sparse.softmax torch.sparse.log_softmax torch.ops.aten.*softmax* torch.*softmax
    scipy.special.softmax scipy.special.log_softmax
    jax.nn.softmax jax.nn.log_softmax
    tensorflow.nn.softmax tensorflow.nn.log_softmax tensorflow.keras.activations.softmax
    keras.activations.softmax keras.ops.softmax keras.ops.log_softmax mxnet.npx.softmax
    mxnet.npx.log_softmax mxnet.nd.softmax sklearn.utils.extmath.softmax
    d2l.torch.softmax d2l.tensorflow.softmax d2l.mxnet.softmax
"""

_CROSS_ENTROPY = """
    torch.nn.functional.cross_entropy torch.nn.functional.nll_loss torch.nn.CrossEntropyLoss
    torch.nn.NLLLoss torch.nn.functional.binary_cross_entropy
    torch.nn.functional.binary_cross_entropy_with_logits torch.nn.BCELoss
    torch.nn.BCEWithLogitsLoss torch.nn.functional.kl_div torch.nn.KLDivLoss torch.nll_loss
    torch.ops.aten.*nll_loss* torch.ops.aten.*cross_entropy* torch.*cross_entropy*
    torch.*nll_loss* scipy.stats.entropy sklearn.metrics.log_loss
    optax.softmax_cross_entropy* optax.losses.softmax_cross_entropy*
    tensorflow.nn.*cross_entropy* tensorflow.keras.losses.*rossentropy
    keras.losses.*rossentropy mxnet.gluon.loss.SoftmaxCrossEntropyLoss
    d2l.torch.cross_entropy d2l.tensorflow.cross_entropy d2l.mxnet.cross_entropy
"""

_RELU = """
    torch.relu torch.relu_ torch.Tensor.relu torch.Tensor.relu_ torch.nn.functional.relu
    torch.nn.functional.relu_ torch.nn.functional.leaky_relu torch.nn.functional.threshold
    torch.nn.ReLU torch.nn.LeakyReLU torch.nn.Threshold torch.threshold torch.rrelu torch.prelu
    torch.nn.functional.rrelu torch.nn.functional.prelu torch.ops.aten.*relu* torch.*relu
    jax.nn.relu jax.nn.leaky_relu tensorflow.nn.relu tensorflow.nn.leaky_relu
    tensorflow.keras.activations.relu keras.activations.relu keras.ops.relu mxnet.npx.relu
    mxnet.nd.relu d2l.torch.relu
"""

_DROPOUT = """
    torch.dropout torch.dropout_ torch.nn.functional.dropout torch.nn.functional.dropout1d
    torch.nn.functional.dropout2d torch.nn.functional.dropout3d
    torch.nn.functional.feature_alpha_dropout torch.nn.functional.alpha_dropout torch.nn.Dropout
    torch.nn.Dropout1d torch.nn.Dropout2d torch.nn.Dropout3d torch.native_dropout
    torch.feature_dropout torch.ops.aten.*dropout* torch.*dropout* flax.linen.Dropout
    tensorflow.nn.dropout tensorflow.keras.layers.Dropout keras.layers.Dropout
    mxnet.npx.dropout mxnet.gluon.nn.Dropout d2l.torch.dropout_layer
"""

_LINEAR = """
    torch.nn.functional.linear torch.nn.functional.bilinear torch.nn.Linear torch.nn.Bilinear
    torch.nn.LazyLinear torch.ops.aten.*linear* flax.linen.Dense tensorflow.keras.layers.Dense
    keras.layers.Dense mxnet.gluon.nn.Dense d2l.torch.linreg d2l.torch.LinearRegression
"""

_SQUARED_LOSS = """
    torch.nn.functional.mse_loss torch.nn.MSELoss torch.ops.aten.*mse_loss* torch.*mse_loss
    sklearn.metrics.mean_squared_error optax.l2_loss optax.squared_error optax.losses.l2_loss
    tensorflow.keras.losses.MeanSquaredError tensorflow.keras.losses.mean_squared_error
    keras.losses.MeanSquaredError keras.losses.mean_squared_error mxnet.gluon.loss.L2Loss
    d2l.torch.squared_loss
"""

_CONVOLUTION = """
    numpy.convolve numpy.correlate torch.conv1d torch.conv2d torch.conv3d torch.convolution
    torch.nn.functional.conv1d torch.nn.functional.conv2d torch.nn.functional.conv3d
    torch.nn.functional.conv_transpose1d torch.nn.functional.conv_transpose2d
    torch.nn.functional.conv_transpose3d torch.conv_transpose1d torch.conv_transpose2d
    torch.conv_transpose3d torch.conv_tbc torch.nn.functional.conv_tbc
    torch.nn.Conv1d torch.nn.Conv2d torch.nn.Conv3d torch.nn.ConvTranspose1d
    torch.nn.ConvTranspose2d torch.nn.ConvTranspose3d torch.nn.LazyConv*
    torch.nn.grad.conv1d_input torch.nn.grad.conv2d_input torch.nn.grad.conv3d_input
    torch.nn.grad.conv1d_weight torch.nn.grad.conv2d_weight torch.nn.grad.conv3d_weight
    torch.ops.aten.*conv* torch.*convolution* torch.*conv2d torch.mkldnn_convolution
    scipy.signal.convolve scipy.signal.convolve2d scipy.signal.correlate
    scipy.signal.correlate2d scipy.signal.fftconvolve scipy.signal.oaconvolve
    scipy.ndimage.convolve scipy.ndimage.convolve1d scipy.ndimage.correlate
    scipy.ndimage.correlate1d jax.lax.conv* jax.numpy.convolve jax.numpy.correlate
    jax.scipy.signal.convolve jax.scipy.signal.convolve2d jax.scipy.signal.correlate
    jax.scipy.signal.correlate2d jax.scipy.signal.fftconvolve flax.linen.Conv
    tensorflow.nn.conv* tensorflow.nn.depthwise_conv* tensorflow.keras.layers.Conv*
    keras.layers.Conv* mxnet.npx.convolution mxnet.gluon.nn.Conv2D cv2.filter2D
    d2l.torch.corr2d
"""

_LSTM = """
    torch.nn.LSTMCell torch.nn.LSTM torch.lstm_cell torch.lstm torch.nn.RNNBase
    torch.ops.aten.*lstm* torch.*lstm* flax.linen.LSTMCell flax.linen.OptimizedLSTMCell
    tensorflow.keras.layers.LSTM tensorflow.keras.layers.LSTMCell keras.layers.LSTM
    keras.layers.LSTMCell mxnet.gluon.rnn.LSTM mxnet.gluon.rnn.LSTMCell
"""

_LEAST_SQUARES = """
    numpy.linalg.lstsq torch.linalg.lstsq torch.lstsq torch.Tensor.lstsq scipy.linalg.lstsq
    scipy.optimize.lsq_linear scipy.optimize.least_squares scipy.optimize.curve_fit
    scipy.stats.linregress scipy.sparse.linalg.lsqr scipy.sparse.linalg.lsmr numpy.polyfit
    jax.numpy.linalg.lstsq jax.scipy.linalg.lstsq tensorflow.linalg.lstsq torch.ops.aten.*lstsq*
    sklearn.linear_model.* statsmodels.api.OLS statsmodels.regression.linear_model.OLS
"""

_OPTIMIZER = """
    torch.optim.SGD torch.optim.* optax.* tensorflow.keras.optimizers.* keras.optimizers.*
    mxnet.gluon.Trainer mxnet.optimizer.* d2l.torch.sgd d2l.torch.SGD
"""

_DATA_LOADER = """
    torch.utils.data.DataLoader torch.utils.data.BatchSampler
    tensorflow.data.Dataset* mxnet.gluon.data.DataLoader d2l.torch.data_iter d2l.torch.load_array
"""

_AUTOGRAD = """
    torch.autograd.grad torch.autograd.backward torch.Tensor.backward torch.autograd.functional.*
    torch.autograd.forward_ad.* torch.func.grad torch.func.grad_and_value torch.func.vjp
    torch.func.jvp torch.func.jacrev torch.func.jacfwd torch.func.hessian torch.func.linearize
    functorch.grad functorch.grad_and_value functorch.vjp functorch.jvp functorch.jacrev
    functorch.jacfwd jax.grad jax.value_and_grad jax.vjp jax.jvp jax.jacobian jax.jacrev
    jax.jacfwd jax.hessian jax.linearize jax.linear_transpose autograd.grad
    autograd.elementwise_grad autograd.value_and_grad autograd.jacobian tensorflow.GradientTape
    tensorflow.gradients mxnet.autograd.record mxnet.autograd.backward mxnet.autograd.grad
    torch.ops.aten.*_backward* torch.*_backward
"""

#: names in all libraries by family, the best known first
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "autograd": tuple(_AUTOGRAD.split()),
    "convolution": tuple(_CONVOLUTION.split()),
    "cross_entropy": tuple(_CROSS_ENTROPY.split()),
    "data_loader": tuple(_DATA_LOADER.split()),
    "dropout": tuple(_DROPOUT.split()),
    "least_squares": tuple(_LEAST_SQUARES.split()),
    "linear": tuple(_LINEAR.split()),
    "lstm": tuple(_LSTM.split()),
    "optimizer": tuple(_OPTIMIZER.split()),
    "relu": tuple(_RELU.split()),
    "softmax": tuple(_SOFTMAX.split()),
    "squared_loss": tuple(_SQUARED_LOSS.split()),
}


def fault_in(entry: str) -> str:
    """Return what is wrong with an *entry* of a course and what to write; empty if it is valid."""
    if entry in FAMILIES or _ENTRY.fullmatch(entry):
        return ""
    if "." in entry or not entry.isidentifier():
        return f"{entry!r} names no function; write it in full, such as torch.softmax"
    near = difflib.get_close_matches(entry, FAMILIES) or sorted(FAMILIES)
    return f"there is no family {entry!r}; write one of {', '.join(near)}, or a full name"


def patterns(entries: Iterable[str]) -> tuple[str, ...]:
    """Return the patterns of dotted names that *entries* stand for."""
    return tuple(name for entry in entries for name in FAMILIES.get(entry, (entry,)))


def forbidden_in(assignment: Assignment) -> dict[str, tuple[str, ...]]:
    """Return the forbidden patterns of each exercise that has any."""
    return {e.name: patterns(e.forbidden) for e in assignment.exercises if e.forbidden}


def examples(entries: Iterable[str], framework: str) -> list[str]:
    """Return one name for each of *entries* to show to learners, of *framework* if possible."""
    roots = (framework, *RECOGNISED_FRAMEWORKS)
    shown = []
    for entry in entries:
        names = [name for name in patterns([entry]) if "*" not in name] or [entry]
        names.sort(key=lambda name: _place(name, roots))
        shown.append(names[0])
    return shown


def _place(name: str, roots: Sequence[str]) -> int:
    root = name.partition(".")[0]
    return roots.index(root) if root in roots else len(roots)


def reason(listed: str) -> str:
    """Return the message for an ``{exercise}`` that uses ``{name}``, a name the course *listed*.

    Only the family of automatic differentiation has a message of its own.
    """
    if listed in FAMILIES["autograd"]:
        return _("{exercise} uses {name}. This exercise asks you to work out the gradient by hand.")
    return _("{exercise} uses {name}, which this exercise asks you to write.")


def as_listed(name: str, listed: Sequence[str]) -> str:
    """Return *name*, or the pattern of the course that it matches; empty if there is none.

    *name* comes from a worker. Reports of hidden checks only show the course's own text.
    """
    if name in listed:
        return name
    fits = (pattern for pattern in listed if fnmatchcase(name, pattern))
    return next(fits, "") if _NAME.fullmatch(name) else ""
