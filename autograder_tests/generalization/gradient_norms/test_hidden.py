import numpy as np

from grader.checks import Mismatch, Text, points, says

from .measured import assert_means, logarithms

#: mean and deviation of the logarithms, by depth
SIGMOID = {
    1: ([2.51], [0.034]),
    2: ([1.336, 2.079], [0.11, 0.047]),
    5: ([-2.139, -1.397, -0.287, 0.865, 2.024], [0.195, 0.165, 0.136, 0.1, 0.035]),
}
RELU = {
    1: ([3.808], [0.065]),
    2: ([4.038, 3.788], [0.136, 0.156]),
    5: ([4.36, 4.261, 4.141, 3.975, 3.728], [0.254, 0.265, 0.278, 0.286, 0.299]),
}
# fmt: off
SIGMOID[20] = (
    [-19.501, -18.761, -17.65, -16.498, -15.338, -14.183, -13.025, -11.867, -10.708, -9.55,
     -8.393, -7.235, -6.079, -4.921, -3.762, -2.608, -1.451, -0.293, 0.865, 2.024],
    [0.414, 0.399, 0.388, 0.378, 0.365, 0.351, 0.339, 0.327, 0.313, 0.298,
     0.283, 0.268, 0.253, 0.233, 0.212, 0.191, 0.164, 0.137, 0.1, 0.036],
)
RELU[20] = (
    [4.681, 4.658, 4.636, 4.613, 4.589, 4.558, 4.528, 4.495, 4.457, 4.42,
     4.378, 4.329, 4.274, 4.213, 4.147, 4.067, 3.965, 3.842, 3.678, 3.43],
    [0.547, 0.549, 0.554, 0.553, 0.559, 0.565, 0.574, 0.579, 0.583, 0.583,
     0.589, 0.597, 0.6, 0.604, 0.611, 0.612, 0.617, 0.621, 0.628, 0.637],
)
# fmt: on

#: how many times as large or as small as measured a deviation of 40 calls may be
SPREAD = 2.2


@points(2)
def test_other_depths(student, draw):
    """The norms are right in networks of one layer and of a few.

    zh: 网络只有一层或几层时，范数也正确。
    """
    for activation, table in (("sigmoid", SIGMOID), ("relu", RELU)):
        for depth in (1, 2, 5):
            assert_means(logarithms(student, depth, activation), *table[depth], activation)


@points(1)
def test_weights_of_its_own(student, draw):
    """Each layer has weights of its own: the norms spread as widely as they do then.

    zh: 各层有自己的权重：范数的离散程度与此相符。
    """
    for activation, table in (("sigmoid", SIGMOID), ("relu", RELU)):
        means, deviations = table[20]
        logs = logarithms(student, 20, activation)
        assert_means(logs, means, deviations, activation)
        ratio = logs.std(axis=0) / deviations
        # the sigmoid's last layer hardly varies: a rounded table and another shape of weights count
        if (ratio[:-1] > SPREAD).any() or (ratio[:-1] < 1 / SPREAD).any():
            raise Mismatch(
                Text(
                    f"Over many calls of gradient_norms(20, '{activation}') the norms spread too "
                    "widely, or not widely enough.",
                    f"多次调用gradient_norms(20, '{activation}')，范数的离散程度过大或过小。",
                )
            )


@points(1)
@says("state", "values")
def test_fresh_each_call(student, draw):
    """Each call draws a new network.

    zh: 每次调用都重新生成网络。
    """
    for activation, table in (("sigmoid", SIGMOID), ("relu", RELU)):
        logs = logarithms(student, 5, activation)
        assert_means(logs, *table[5], activation)
        if len(np.unique(logs, axis=0)) < len(logs):
            raise Mismatch(Text("Two calls give the same norms.", "两次调用得到了相同的范数。"))
