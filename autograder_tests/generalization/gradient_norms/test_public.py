import numpy as np

from grader.checks import Mismatch, Text, as_array, assert_close, points, says

from .measured import assert_means, logarithms

#: mean and deviation of the logarithms in networks of ten layers
SIGMOID = (
    [-7.921, -7.182, -6.075, -4.922, -3.765, -2.607, -1.448, -0.291, 0.867, 2.024],
    [0.285, 0.268, 0.25, 0.23, 0.211, 0.189, 0.164, 0.134, 0.1, 0.035],
)
RELU = (
    [4.567, 4.522, 4.468, 4.409, 4.343, 4.26, 4.163, 4.041, 3.875, 3.623],
    [0.373, 0.381, 0.387, 0.395, 0.403, 0.408, 0.412, 0.42, 0.427, 0.434],
)


@points(1)
@says("shape", "values")
def test_one_norm_for_each_layer(student, draw):
    """There is one norm for each layer, a positive number.

    zh: 每层有一个范数，都是正数。
    """
    for depth in (1, 2, 10, 20):
        for activation in ("sigmoid", "relu"):
            norms = as_array(student.gradient_norms(depth, activation), "norms")
            assert_close(0 * norms, np.zeros(depth), what="norms")
            if not (norms > 0).all():
                raise Mismatch(Text("A norm is not positive.", "有的范数不是正数。"))
            if not 1e-6 < norms[-1] < 1e6:  # wide: this check speaks of how many there are
                raise Mismatch(
                    Text(
                        "The last norm is not in the range of such networks.",
                        "最后一个范数不在这种网络应有的范围内。",
                    )
                )


@points(1)
def test_sigmoid_vanishes(student, draw):
    """With the sigmoid, the gradient vanishes towards the first layer.

    zh: 使用sigmoid函数时，越靠近第一层，梯度越小，直至消失。
    """
    assert_means(logarithms(student, 10, "sigmoid"), *SIGMOID, "sigmoid")


@points(1)
def test_relu_does_not(student, draw):
    """With ReLU, the gradient does not vanish.

    zh: 使用ReLU函数时，梯度不会消失。
    """
    assert_means(logarithms(student, 10, "relu"), *RELU, "relu")
