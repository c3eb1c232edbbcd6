"""Families: what the known libraries have of the functions that learners may be asked to write.

Each family has two lists. The first holds the functions that are equivalent, the second those that
contain one: an attention layer contains a softmax, and the Huber loss with a large delta is the
squared loss. ``torch.ops`` stands for PyTorch's operators, the level below all of its functions,
where ``grader/worker/watched_operators.py`` sees what runs, and ``tensorflow.raw_ops`` for
TensorFlow's (``watched_primitives.py``); a ``*`` stands for anything.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

_AUTOGRAD = """
    torch.autograd.grad torch.autograd.backward torch.Tensor.backward
    torch.autograd.functional.* torch.autograd.forward_ad.* torch.func.grad
    torch.func.grad_and_value torch.func.vjp torch.func.jvp torch.func.jacrev torch.func.jacfwd
    torch.func.hessian torch.func.linearize functorch.grad functorch.grad_and_value
    functorch.vjp functorch.jvp functorch.jacrev functorch.jacfwd jax.grad jax.value_and_grad
    jax.vjp jax.jvp jax.jacobian jax.jacrev jax.jacfwd jax.hessian jax.linearize
    jax.linear_transpose autograd.grad autograd.elementwise_grad autograd.value_and_grad
    autograd.jacobian tensorflow.GradientTape tensorflow.gradients mxnet.autograd.record
    mxnet.autograd.backward mxnet.autograd.grad torch.ops.aten.*_backward* torch.*_backward
    torch._functorch.apis.grad torch._functorch.apis.grad_and_value
    torch._functorch.eager_transforms.vjp torch._functorch.eager_transforms.jvp
    torch._functorch.eager_transforms.jacrev torch._functorch.eager_transforms.jacfwd
    torch._functorch.eager_transforms.hessian torch._functorch.eager_transforms.linearize
    scipy.optimize.approx_fprime flax.nnx.grad flax.nnx.value_and_grad flax.nnx.vjp flax.nnx.jvp
    flax.linen.vjp flax.linen.jvp flax.linen.grad flax.linen.value_and_grad
    tensorflow.autodiff.GradientTape tensorflow.autodiff.ForwardAccumulator tensorflow.hessians
    tensorflow.compat.v1.gradients tensorflow.compat.v1.GradientTape tensorflow.raw_ops.*Grad
    mxnet.autograd.Function mxnet.np.ndarray.backward mxnet.nd.NDArray.backward
"""

_CONVOLUTION = """
    torch.nn.functional.conv2d torch.nn.Conv2d jax.lax.conv_general_dilated torch.conv1d
    torch.conv2d torch.conv3d torch.convolution torch.nn.functional.conv1d
    torch.nn.functional.conv3d torch.nn.functional.conv_transpose1d
    torch.nn.functional.conv_transpose2d torch.nn.functional.conv_transpose3d
    torch.conv_transpose1d torch.conv_transpose2d torch.conv_transpose3d torch.conv_tbc
    torch.nn.functional.conv_tbc torch.nn.Conv1d torch.nn.Conv3d torch.nn.ConvTranspose1d
    torch.nn.ConvTranspose2d torch.nn.ConvTranspose3d torch.nn.LazyConv*
    torch.nn.grad.conv1d_input torch.nn.grad.conv2d_input torch.nn.grad.conv3d_input
    torch.nn.grad.conv1d_weight torch.nn.grad.conv2d_weight torch.nn.grad.conv3d_weight
    torch.*convolution* torch.*conv2d torch.mkldnn_convolution jax.lax.conv* flax.linen.Conv
    tensorflow.nn.conv* tensorflow.nn.depthwise_conv* tensorflow.keras.layers.Conv*
    keras.layers.Conv* mxnet.npx.convolution mxnet.gluon.nn.Conv2D cv2.filter2D d2l.torch.corr2d
    torch.ops.aten.conv1d torch.ops.aten.conv2d torch.ops.aten.conv3d torch.ops.aten.convolution
    torch.ops.aten.*conv1d* torch.ops.aten.*conv2d* torch.ops.aten.*conv3d*
    torch.ops.aten.*conv_* torch.ops.aten.*convolution* torch.ops.mkldnn.*convolution*
    torch.ops.quantized.conv* tensorflow.nn.atrous_conv2d* tensorflow.nn.separable_conv2d
    tensorflow.compat.v1.nn.*conv* tensorflow.raw_ops.Conv tensorflow.raw_ops.*Conv2D*
    tensorflow.raw_ops.*Conv3D* tensorflow.raw_ops.DepthwiseConv2dNative*
    jax.lax.conv_general_dilated_p flax.linen.ConvTranspose flax.linen.ConvLocal flax.nnx.Conv
    flax.nnx.ConvTranspose tensorflow.keras.layers.*Conv* keras.layers.*Conv* keras.ops.conv*
    keras.ops.*_conv tensorflow.keras.ops.conv* tensorflow.keras.ops.*_conv
    mxnet.npx.deconvolution mxnet.npx.deformable_convolution mxnet.nd.Convolution
    mxnet.nd.Deconvolution mxnet.ndarray.Convolution mxnet.ndarray.Deconvolution
    mxnet.gluon.nn.Conv* d2l.tensorflow.corr2d d2l.mxnet.corr2d d2l.jax.corr2d
"""

_WITH_CONVOLUTION = """
    numpy.convolve numpy.correlate scipy.signal.convolve scipy.signal.convolve2d
    scipy.signal.correlate scipy.signal.correlate2d scipy.signal.fftconvolve
    scipy.signal.oaconvolve scipy.ndimage.convolve scipy.ndimage.convolve1d
    scipy.ndimage.correlate scipy.ndimage.correlate1d jax.numpy.convolve jax.numpy.correlate
    jax.scipy.signal.convolve jax.scipy.signal.convolve2d jax.scipy.signal.correlate
    jax.scipy.signal.correlate2d jax.scipy.signal.fftconvolve numpy.polymul
    numpy.polynomial.polynomial.polymul scipy.signal.lfilter cv2.sepFilter2D
"""

_CROSS_ENTROPY = """
    torch.nn.functional.cross_entropy torch.nn.functional.nll_loss torch.nn.CrossEntropyLoss
    torch.nn.NLLLoss torch.nn.functional.binary_cross_entropy
    torch.nn.functional.binary_cross_entropy_with_logits torch.nn.BCELoss
    torch.nn.BCEWithLogitsLoss torch.nll_loss torch.ops.aten.cross_entropy_loss
    torch.ops.aten.nll_loss torch.ops.aten.nll_loss_nd torch.ops.aten.binary_cross_entropy
    torch.ops.aten.binary_cross_entropy_with_logits torch.ops.aten.*nll_loss*
    torch.ops.aten.*cross_entropy* torch.*cross_entropy* torch.*nll_loss*
    sklearn.metrics.log_loss optax.softmax_cross_entropy* optax.losses.softmax_cross_entropy*
    tensorflow.nn.*cross_entropy* tensorflow.keras.losses.*rossentropy keras.losses.*rossentropy
    mxnet.gluon.loss.SoftmaxCrossEntropyLoss d2l.torch.cross_entropy
    d2l.tensorflow.cross_entropy d2l.mxnet.cross_entropy torch._refs.nn.functional.nll_loss
    tensorflow.raw_ops.*CrossEntropy* tensorflow.compat.v1.nn.*cross_entropy*
    tensorflow.keras.losses.*crossentropy
    keras.losses.*crossentropy tensorflow.keras.losses.*CrossEntropy keras.losses.*CrossEntropy
    keras.ops.*crossentropy tensorflow.keras.ops.*crossentropy
    optax.sigmoid_binary_cross_entropy optax.losses.sigmoid_binary_cross_entropy
    optax.softmax_focal_loss optax.losses.softmax_focal_loss optax.safe_softmax_cross_entropy
    optax.losses.safe_softmax_cross_entropy mxnet.gluon.loss.SoftmaxCELoss
    mxnet.gluon.loss.SigmoidBinaryCrossEntropyLoss mxnet.gluon.loss.SigmoidBCELoss
    mxnet.nd.softmax_cross_entropy mxnet.ndarray.softmax_cross_entropy d2l.jax.cross_entropy
"""

_WITH_CROSS_ENTROPY = """
    torch.distributions.Categorical torch.distributions.OneHotCategorical
    torch.distributions.OneHotCategoricalStraightThrough
    torch.distributions.RelaxedOneHotCategorical torch.distributions.Multinomial
    torch.distributions.Binomial torch.distributions.Bernoulli torch.distributions.kl_divergence
    torch.nn.functional.soft_margin_loss torch.nn.functional.multilabel_soft_margin_loss
    torch.nn.functional.ctc_loss torch.nn.SoftMarginLoss torch.nn.MultiLabelSoftMarginLoss
    torch.nn.CTCLoss torch.nn.AdaptiveLogSoftmaxWithLoss torch.ops.aten.kl_div
    torch.ops.aten.soft_margin_loss torch.ops.aten.*ctc_loss scipy.special.rel_entr
    scipy.special.kl_div torch.nn.functional.kl_div torch.nn.KLDivLoss scipy.stats.entropy
    tensorflow.keras.losses.KLDivergence keras.losses.KLDivergence
    tensorflow.keras.losses.kl_divergence keras.losses.kl_divergence
    tensorflow.keras.metrics.*rossentropy keras.metrics.*rossentropy optax.kl_divergence
    optax.losses.kl_divergence jax.scipy.special.rel_entr jax.scipy.special.kl_div
    mxnet.gluon.loss.KLDivLoss mxnet.gluon.loss.CTCLoss
"""

_DATA_LOADER = """
    torch.utils.data.DataLoader torch.utils.data.BatchSampler tensorflow.data.Dataset*
    mxnet.gluon.data.DataLoader d2l.torch.data_iter d2l.torch.load_array
    torch.utils.data.datapipes.iter.Batcher torch.utils.data.datapipes.map.Batcher
    keras.utils.PyDataset keras.utils.Sequence tensorflow.keras.utils.PyDataset
    tensorflow.keras.utils.Sequence tensorflow.compat.v1.data.Dataset
    mxnet.gluon.data.BatchSampler mxnet.io.NDArrayIter
    d2l.tensorflow.data_iter d2l.tensorflow.load_array d2l.mxnet.data_iter d2l.mxnet.load_array
    d2l.jax.data_iter
"""

_DROPOUT = """
    torch.nn.functional.dropout torch.dropout torch.dropout_ torch.nn.functional.dropout1d
    torch.nn.functional.dropout2d torch.nn.functional.dropout3d
    torch.nn.functional.feature_alpha_dropout torch.nn.functional.alpha_dropout torch.nn.Dropout
    torch.nn.Dropout1d torch.nn.Dropout2d torch.nn.Dropout3d torch.native_dropout
    torch.feature_dropout torch.ops.aten.dropout torch.ops.aten.native_dropout
    torch.ops.aten.feature_dropout torch.ops.aten.*dropout* torch.*dropout* flax.linen.Dropout
    tensorflow.nn.dropout tensorflow.keras.layers.Dropout keras.layers.Dropout mxnet.npx.dropout
    mxnet.gluon.nn.Dropout d2l.torch.dropout_layer torch._refs.nn.functional.dropout
    torch._refs.nn.functional.alpha_dropout tensorflow.nn.experimental.stateless_dropout
    tensorflow.nn.experimental.general_dropout tensorflow.compat.v1.nn.dropout
    tensorflow.keras.layers.*Dropout* keras.layers.*Dropout* keras.random.dropout
    tensorflow.keras.random.dropout flax.nnx.Dropout mxnet.nd.Dropout mxnet.ndarray.Dropout
    d2l.tensorflow.dropout_layer d2l.mxnet.dropout_layer d2l.jax.dropout_layer
"""

_WITH_DROPOUT = """
    torch.nn.functional.scaled_dot_product_attention
    torch.nn.functional.multi_head_attention_forward torch.nn.MultiheadAttention
    torch.nn.Transformer torch.nn.TransformerEncoderLayer torch.nn.TransformerDecoderLayer
    torch.ops.aten.*attention* tensorflow.keras.layers.MultiHeadAttention
    keras.layers.MultiHeadAttention flax.linen.MultiHeadDotProductAttention
    flax.linen.dot_product_attention
"""

_LEAST_SQUARES = """
    numpy.linalg.lstsq torch.linalg.lstsq torch.lstsq torch.Tensor.lstsq scipy.linalg.lstsq
    scipy.optimize.lsq_linear scipy.optimize.least_squares scipy.optimize.curve_fit
    scipy.stats.linregress scipy.sparse.linalg.lsqr scipy.sparse.linalg.lsmr numpy.polyfit
    jax.numpy.linalg.lstsq jax.scipy.linalg.lstsq tensorflow.linalg.lstsq torch.ops.aten.*lstsq*
    sklearn.linear_model.* statsmodels.api.OLS statsmodels.regression.linear_model.OLS
    tensorflow.raw_ops.*MatrixSolveLs keras.ops.lstsq tensorflow.keras.ops.lstsq
    jax.numpy.polyfit mxnet.np.linalg.lstsq tensorflow.compat.v1.matrix_solve_ls
"""

_WITH_LEAST_SQUARES = """
    scipy.optimize.leastsq scipy.optimize.nnls scipy.optimize.minimize
    jax.scipy.optimize.minimize numpy.polynomial.polynomial.polyfit
"""

_LINEAR = """
    torch.nn.functional.linear torch.nn.Linear torch.nn.LazyLinear flax.linen.Dense
    tensorflow.keras.layers.Dense keras.layers.Dense mxnet.gluon.nn.Dense d2l.torch.linreg
    d2l.torch.LinearRegression torch.ops.aten.linear torch.ops.aten.linear_backward
    torch.ops.aten.mkldnn_linear* torch.ops.aten.fbgemm_linear* torch.ops.quantized.linear*
    flax.linen.DenseGeneral flax.nnx.Linear flax.nnx.LinearGeneral
    tensorflow.keras.layers.EinsumDense keras.layers.EinsumDense mxnet.npx.fully_connected
    mxnet.nd.FullyConnected mxnet.ndarray.FullyConnected
    tensorflow.compat.v1.nn.xw_plus_b tensorflow.compat.v1.nn.relu_layer d2l.tensorflow.linreg
    d2l.mxnet.linreg d2l.jax.linreg
"""

_WITH_LINEAR = """
    torch.nn.functional.bilinear torch.nn.Bilinear torch.bilinear torch.ops.aten.bilinear
    torch.ops.aten._trilinear
"""

_LSTM = """
    torch.nn.LSTMCell torch.nn.LSTM torch.lstm_cell torch.lstm torch.nn.RNNBase
    torch.ops.aten.lstm_cell torch.ops.aten.lstm torch.ops.aten.*lstm* torch.*lstm*
    flax.linen.LSTMCell flax.linen.OptimizedLSTMCell tensorflow.keras.layers.LSTM
    tensorflow.keras.layers.LSTMCell keras.layers.LSTM keras.layers.LSTMCell
    mxnet.gluon.rnn.LSTM mxnet.gluon.rnn.LSTMCell torch.ao.nn.quantizable.LSTMCell
    torch.ao.nn.quantizable.LSTM torch.ao.nn.quantized.dynamic.LSTMCell
    torch.ao.nn.quantized.dynamic.LSTM torch.ops.aten.mkldnn_rnn_layer
    torch.ops.quantized.*lstm* flax.nnx.LSTMCell flax.nnx.OptimizedLSTMCell
    tensorflow.raw_ops.*LSTM* tensorflow.raw_ops.CudnnRNN* tensorflow.keras.layers.*LSTM*
    keras.layers.*LSTM* mxnet.npx.rnn mxnet.nd.RNN mxnet.ndarray.RNN mxnet.gluon.rnn.*LSTM*
"""

_OPTIMIZER = """
    torch.optim.SGD torch.optim.* optax.* tensorflow.keras.optimizers.* keras.optimizers.*
    mxnet.gluon.Trainer mxnet.optimizer.* d2l.torch.sgd d2l.torch.SGD torch.optim.sgd.sgd
    torch.*fused_sgd* torch.*fused_adam* torch.ops.aten._fused_sgd* torch.ops.aten._fused_ada*
    tensorflow.raw_ops.*ApplyGradientDescent tensorflow.raw_ops.ResourceApply*
    flax.nnx.Optimizer
    flax.training.train_state.TrainState jax.example_libraries.optimizers.* mxnet.nd.sgd_update
    mxnet.ndarray.sgd_update mxnet.gluon.trainer.Trainer d2l.tensorflow.sgd d2l.mxnet.sgd
    d2l.jax.sgd d2l.tensorflow.SGD d2l.mxnet.SGD d2l.jax.SGD
"""

_RELU = """
    torch.relu torch.relu_ torch.Tensor.relu torch.Tensor.relu_ torch.nn.functional.relu
    torch.nn.functional.relu_ torch.nn.ReLU torch.ops.aten.relu torch.ops.aten.relu_
    torch.ops.aten.leaky_relu torch.ops.aten.prelu torch.ops.aten.*relu* torch.*relu jax.nn.relu
    tensorflow.nn.relu tensorflow.keras.activations.relu keras.activations.relu keras.ops.relu
    mxnet.npx.relu mxnet.nd.relu d2l.torch.relu torch._refs.nn.functional.relu
    tensorflow.raw_ops.Relu tensorflow.raw_ops.Relu6 tensorflow.raw_ops.LeakyRelu
    tensorflow.raw_ops.Elu tensorflow.raw_ops.Quantized*Relu* tensorflow.compat.v1.nn.relu*
    tensorflow.keras.ops.relu tensorflow.keras.layers.ReLU keras.layers.ReLU
    jax._src.nn.functions.relu flax.linen.relu flax.nnx.relu mxnet.ndarray.relu
    mxnet.nd.LeakyReLU mxnet.npx.leaky_relu mxnet.nd.NDArray.relu d2l.tensorflow.relu
    d2l.mxnet.relu d2l.jax.relu
"""

_WITH_RELU = """
    torch.nn.functional.leaky_relu torch.nn.functional.threshold torch.nn.LeakyReLU
    torch.nn.Threshold torch.threshold torch.rrelu torch.prelu torch.nn.functional.rrelu
    torch.nn.functional.prelu jax.nn.leaky_relu jax.nn.relu6 torch.nn.functional.relu6
    torch.nn.ReLU6 tensorflow.nn.leaky_relu torch.nn.functional.hardtanh
    torch.nn.functional.hardtanh_ torch.nn.Hardtanh torch.nn.functional.elu
    torch.nn.functional.elu_ torch.nn.ELU torch.nn.functional.celu torch.nn.CELU torch.celu
    torch.nn.functional.margin_ranking_loss torch.nn.MarginRankingLoss
    torch.nn.functional.hinge_embedding_loss torch.nn.HingeEmbeddingLoss
    torch.nn.functional.triplet_margin_loss torch.ops.aten.threshold* torch.ops.aten.hardtanh*
    torch.ops.aten.elu* torch.ops.aten.celu* torch.ops.aten.margin_ranking_loss
    torch.ops.aten.hinge_embedding_loss torch.ops.aten.triplet_margin_loss jax.nn.elu
    jax.nn.celu jax.nn.hard_tanh torch._refs.nn.functional.leaky_relu
    torch._refs.nn.functional.relu6 torch._refs.nn.functional.threshold
    torch._refs.nn.functional.hardtanh torch._refs.nn.functional.elu
    torch._refs.nn.functional.celu tensorflow.nn.relu6 tensorflow.nn.elu tensorflow.nn.crelu
    keras.layers.LeakyReLU keras.layers.PReLU keras.layers.ELU tensorflow.keras.layers.LeakyReLU
    tensorflow.keras.layers.PReLU tensorflow.keras.layers.ELU keras.layers.Activation
    tensorflow.keras.layers.Activation keras.activations.get tensorflow.keras.activations.get
    keras.activations.leaky_relu keras.activations.relu6 keras.activations.elu
    keras.activations.threshold tensorflow.keras.activations.leaky_relu
    tensorflow.keras.activations.relu6 tensorflow.keras.activations.elu keras.ops.relu6
    keras.ops.leaky_relu keras.ops.elu flax.linen.leaky_relu flax.linen.elu mxnet.npx.activation
    mxnet.nd.Activation mxnet.ndarray.Activation mxnet.gluon.nn.Activation
    mxnet.gluon.nn.LeakyReLU mxnet.gluon.nn.PReLU mxnet.gluon.nn.ELU mxnet.nd.hard_sigmoid
"""

_SOFTMAX = """
    torch.softmax torch.log_softmax torch.Tensor.softmax torch.Tensor.log_softmax
    torch.nn.functional.softmax torch.nn.functional.log_softmax torch.nn.functional.softmin
    torch.nn.functional.gumbel_softmax torch.special.softmax torch.special.log_softmax
    torch.nn.Softmax torch.nn.LogSoftmax torch.nn.Softmin torch.nn.Softmax2d
    torch.sparse.softmax torch.sparse.log_softmax torch.ops.aten.softmax torch.ops.aten._softmax
    torch.ops.aten.log_softmax torch.ops.aten._log_softmax torch.ops.aten._safe_softmax
    torch.ops.aten.*softmax* torch.*softmax scipy.special.softmax scipy.special.log_softmax
    jax.nn.softmax jax.nn.log_softmax tensorflow.nn.softmax tensorflow.nn.log_softmax
    tensorflow.keras.activations.softmax keras.activations.softmax keras.ops.softmax
    keras.ops.log_softmax mxnet.npx.softmax mxnet.npx.log_softmax mxnet.nd.softmax
    sklearn.utils.extmath.softmax d2l.torch.softmax d2l.tensorflow.softmax d2l.mxnet.softmax
    torch.masked.softmax torch.masked.log_softmax torch.masked.softmin torch._refs.softmax
    torch._refs.log_softmax torch._refs.nn.functional.softmax
    torch._refs.nn.functional.log_softmax torch._refs.nn.functional.softmin
    torch._decomp.decompositions._softmax torch._decomp.decompositions._log_softmax
    scipy.special._logsumexp.softmax scipy.special._logsumexp.log_softmax
    tensorflow.math.softmax tensorflow.math.log_softmax tensorflow.sparse.softmax
    tensorflow.raw_ops.Softmax tensorflow.raw_ops.LogSoftmax tensorflow.raw_ops.SparseSoftmax
    tensorflow.raw_ops.SparseMatrixSoftmax tensorflow.compat.v1.nn.softmax
    tensorflow.compat.v1.nn.log_softmax tensorflow.keras.activations.log_softmax
    keras.activations.log_softmax tensorflow.keras.ops.softmax tensorflow.keras.ops.log_softmax
    tensorflow.keras.layers.Softmax keras.layers.Softmax jax._src.nn.functions.softmax
    jax._src.nn.functions.log_softmax jax.scipy.special.softmax jax.scipy.special.log_softmax
    flax.linen.softmax flax.linen.log_softmax flax.nnx.softmax flax.nnx.log_softmax
    mxnet.npx.masked_softmax mxnet.npx.masked_log_softmax mxnet.nd.log_softmax mxnet.nd.softmin
    mxnet.nd.SoftmaxActivation mxnet.nd.SoftmaxOutput mxnet.ndarray.softmax
    mxnet.ndarray.log_softmax mxnet.ndarray.softmin mxnet.ndarray.SoftmaxActivation
    mxnet.ndarray.SoftmaxOutput mxnet.nd.NDArray.softmax mxnet.nd.NDArray.log_softmax
    d2l.jax.softmax
"""

_WITH_SOFTMAX = """
    torch.nn.functional.scaled_dot_product_attention
    torch.nn.functional.multi_head_attention_forward torch.nn.MultiheadAttention
    torch.nn.Transformer torch.nn.TransformerEncoderLayer torch.nn.TransformerDecoderLayer
    torch.ops.aten.*attention* torch.ops.aten._transformer_encoder_layer_fwd
    torch.distributions.Categorical torch.distributions.OneHotCategorical
    torch.distributions.OneHotCategoricalStraightThrough
    torch.distributions.RelaxedOneHotCategorical torch.distributions.Multinomial
    torch.distributions.utils.logits_to_probs torch.nn.functional.cross_entropy
    torch.nn.CrossEntropyLoss torch.nn.AdaptiveLogSoftmaxWithLoss
    torch.ops.aten.cross_entropy_loss jax.nn.dot_product_attention optax.softmax_cross_entropy*
    optax.losses.softmax_cross_entropy* tensorflow.raw_ops.*SoftmaxCrossEntropyWithLogits
    tensorflow.nn.*softmax_cross_entropy_with_logits keras.layers.Activation
    tensorflow.keras.layers.Activation keras.activations.get tensorflow.keras.activations.get
    keras.layers.*Attention tensorflow.keras.layers.*Attention keras.ops.dot_product_attention
    flax.linen.dot_product_attention flax.linen.MultiHeadDotProductAttention
    mxnet.npx.activation mxnet.nd.Activation mxnet.gluon.loss.SoftmaxCrossEntropyLoss
    mxnet.gluon.loss.SoftmaxCELoss
"""

_SQUARED_LOSS = """
    torch.nn.functional.mse_loss torch.nn.MSELoss torch.ops.aten.mse_loss
    torch.ops.aten.*mse_loss* torch.*mse_loss sklearn.metrics.mean_squared_error optax.l2_loss
    optax.squared_error optax.losses.l2_loss tensorflow.keras.losses.MeanSquaredError
    tensorflow.keras.losses.mean_squared_error keras.losses.MeanSquaredError
    keras.losses.mean_squared_error mxnet.gluon.loss.L2Loss d2l.torch.squared_loss
    optax.losses.squared_error torch._refs.nn.functional.mse_loss tensorflow.keras.losses.MSE
    keras.losses.MSE tensorflow.keras.metrics.MeanSquaredError keras.metrics.MeanSquaredError
    tensorflow.nn.l2_loss
    tensorflow.raw_ops.L2Loss
    d2l.tensorflow.squared_loss d2l.mxnet.squared_loss
    d2l.jax.squared_loss
"""

_WITH_SQUARED_LOSS = """
    torch.nn.functional.huber_loss torch.nn.HuberLoss torch.nn.functional.smooth_l1_loss
    torch.nn.SmoothL1Loss torch.nn.functional.gaussian_nll_loss torch.nn.GaussianNLLLoss
    torch.huber_loss torch.ops.aten.huber_loss* torch.ops.aten.smooth_l1_loss* optax.huber_loss
    optax.losses.huber_loss torch._refs.nn.functional.huber_loss
    torch._refs.nn.functional.smooth_l1_loss tensorflow.keras.losses.Huber keras.losses.Huber
    tensorflow.keras.losses.huber keras.losses.huber mxnet.gluon.loss.HuberLoss
    mxnet.nd.smooth_l1 mxnet.npx.smooth_l1
"""

#: equivalent functions by family, the best known first
EQUIVALENT: Mapping[str, tuple[str, ...]] = {
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
#: functions that contain one of the family
_CONTAINING: Mapping[str, tuple[str, ...]] = {
    "convolution": tuple(_WITH_CONVOLUTION.split()),
    "cross_entropy": tuple(_WITH_CROSS_ENTROPY.split()),
    "dropout": tuple(_WITH_DROPOUT.split()),
    "least_squares": tuple(_WITH_LEAST_SQUARES.split()),
    "linear": tuple(_WITH_LINEAR.split()),
    "relu": tuple(_WITH_RELU.split()),
    "softmax": tuple(_WITH_SOFTMAX.split()),
    "squared_loss": tuple(_WITH_SQUARED_LOSS.split()),
}

#: names by family, the best known first
FAMILIES: Mapping[str, tuple[str, ...]] = {
    family: (*names, *_CONTAINING.get(family, ())) for family, names in EQUIVALENT.items()
}


def contains(name: str, listed: Container[str]) -> bool:
    """Whether *name* is *listed* because it contains one of a family, and for nothing else."""
    families = [f for f, names in EQUIVALENT.items() if all(n in listed for n in names)]
    equivalent = any(name in EQUIVALENT[family] for family in families)
    return not equivalent and any(name in _CONTAINING.get(family, ()) for family in families)
