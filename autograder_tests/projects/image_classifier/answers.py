"""Images to learn from, and what is at fault with predicted labels."""

import numpy as np

from grader.checks import Mismatch, Text, as_array, assert_close

from ..shapes import shapes

#: the accuracy that the statement asks for
BAR = 0.8

#: images of each kind to learn from, and those to be named
EACH, ASKED = 100, 200


def drawn_images(draw, kinds, numbering=None):
    """Return images and labels to learn from, and some to be named; *numbering* makes labels."""
    rng = np.random.default_rng(int(draw.integers(0, 2**31)))
    numbering = np.arange(len(kinds)) if numbering is None else numbering
    parts = [shapes(rng, n, kinds) for n in (EACH * len(kinds), ASKED)]
    (images, labels), (asked, true) = parts
    train = draw.cast(images), numbering[labels]
    return train, draw.cast(asked), numbering[true]


def labels_of(result, train, m):
    """Return the predicted labels (m,), if they are labels of *train*."""
    found = as_array(result, "image_classifier(train, test)")
    assert_close(0.0 * found.astype(np.float64), np.zeros(m), what="image_classifier(train, test)")
    strange = found[~np.isin(found, train[1])]
    if len(strange):
        raise Mismatch(
            Text("A result is none of the labels of train.", "有一个结果不是train中的标签。"),
            Text(f"It is {strange[0]:g}.", f"它是{strange[0]:g}。"),
        )
    return found.astype(int)


def accuracy(found, true):
    """Return the share of predictions that are right."""
    return float(np.mean(found == true))


def assert_accurate(result, train, true):
    """Assert that predicted labels are as accurate as the statement asks."""
    found = labels_of(result, train, len(true))
    if accuracy(found, true) >= BAR:
        return
    raise Mismatch(
        fault(found, true),
        Text(
            f"The accuracy is {accuracy(found, true):.3g}; {BAR} is asked for.",
            f"精度为{accuracy(found, true):.3g}，要求达到{BAR}。",
        ),
    )


def fault(found, true):
    """Return what is wrong with predictions of which too few are right."""
    if len(set(found)) == 1 < len(set(true)):
        return Text("All images get the same label.", "所有图像都得到同一个标签。")
    if accuracy(found[::-1], true) >= BAR or any(
        accuracy(np.roll(found, by), true) >= BAR for by in range(1, len(true))
    ):
        return Text(
            "The predictions are those of other images: they are not in the order of test.",
            "预测对应的是其他图像：它们没有按test的顺序排列。",
        )
    shares = {label: accuracy(found[true == label], label) for label in sorted(set(true))}
    worst = min(shares, key=shares.get)
    return Text(
        f"Too few predictions are right: of the images with label {worst}, {shares[worst]:.0%}.",
        f"预测正确的太少：标签为{worst}的图像中只有{shares[worst]:.0%}预测正确。",
    )
