import numpy as np

from grader.checks import (
    Mismatch,
    Text,
    assert_close,
    assert_independent,
    assert_normal,
    assert_unrelated,
    points,
)


def assert_each_on_its_own(values, deviation, what):
    """Assert that signs and sizes of normal *values* are independent.

    A list has the values of one call each. If calls give the same, another check says so.
    """
    calls = np.stack(values).reshape(len(values), -1)
    if (calls == calls[0]).all():
        calls = calls[:1]
    assert_independent(calls > 0, f"{what} > 0")
    assert_independent(np.abs(calls) > 0.67 * deviation, f"abs({what})")


@points(1)
def test_shapes_and_line(student, draw):
    """Features are (n, d) and labels (n, 1), in this order, and the labels follow Xw + b.

    zh: 依次返回形状为(n, d)的特征和形状为(n, 1)的标签，并且标签符合Xw + b。
    """
    w, b = draw.normal(3, 1, scale=30), 41.5
    features, labels = student.synthetic_data(w, b, 7)
    assert_close(0 * features, np.zeros((7, 3)), what="features")
    assert_close(0 * labels, np.zeros((7, 1)), what="labels")
    noise = labels - (features.astype(np.float64) @ w + b)
    # wide enough for noise of any deviation up to 1, which another check judges
    if not np.abs(noise).max() <= 6:
        headline = Text("The labels are far from Xw + b.", "标签与Xw + b相差很远。")
        worst = f"{np.abs(noise).max():.4g}"
        raise Mismatch(headline, Text(f"By up to {worst}.", f"最多相差{worst}。"))


@points(1)
def test_features(student, draw):
    """All features are independent draws from the standard normal distribution.

    zh: 所有特征都独立地采样自标准正态分布。
    """
    features, _ = student.synthetic_data(draw.normal(3, 1), 1.5, 4000)
    assert_close(0 * features, np.zeros((4000, 3)), what="features")
    assert_normal(features, 0, 1, "features")
    assert_each_on_its_own(features[:500], 1, "features")
    # few examples, many times over: signs and sizes of all
    for n in (2, 4):
        calls = student.synthetic_data.many([[draw.normal(2, 1), 1.5, n]] * 100)
        assert_each_on_its_own([features for features, _ in calls], 1, "features")
    # a correlation of independent columns has the deviation 1 / sqrt(n)
    between = np.corrcoef(features.T)[np.triu_indices(3, 1)]
    if not np.abs(between).max() * np.sqrt(4000) < 7:
        raise Mismatch(
            Text("The columns of the features depend on each other.", "特征的各列之间不独立。")
        )


@points(1)
def test_noise(student, draw):
    """Each label has noise of its own, normal with standard deviation 0.01.

    zh: 每个标签都有各自的噪声，服从标准差为0.01的正态分布。
    """
    w, b, n = draw.normal(2, 1) + 3, -1.4637, 40_000
    features, labels = student.synthetic_data(w, b, n)
    assert_close(0 * labels, np.zeros((n, 1)), what="labels")
    noise = labels - (features.astype(np.float64) @ w + b)
    assert_normal(noise, 0, 0.01, "labels - (features @ w + b)")
    assert_each_on_its_own(noise[None, :4000], 0.01, "labels - (features @ w + b)")
    for n in (2, 4):
        calls = student.synthetic_data.many([[w, b, n]] * 100)
        noises = [labels - (features.astype(np.float64) @ w + b) for features, labels in calls]
        assert_each_on_its_own(noises, 0.01, "labels - (features @ w + b)")
    # each column; and all in a row, which a generator that starts again would give once more
    numbers = [*features.T, features.ravel()[: len(noise)]]
    correlation = np.corrcoef(noise.T, numbers)[0, 1:]
    if not np.abs(correlation).max() * np.sqrt(len(noise)) < 7:
        raise Mismatch(Text("The noise depends on the features.", "噪声与特征不独立。"))
    assert_unrelated(noise[:, 0] > 0, features > 0, "labels - (features @ w + b) > 0")
    # labels so large that noise added in float32 would drown in rounding
    w = draw.normal(2, 1, scale=1e7, dtype="float64")
    features, labels = student.synthetic_data(w, b, 500)
    assert_normal(labels - (features @ w + b), 0, 0.01, "labels - (features @ w + b)")
