"""Norms of many networks, compared with what was measured on 10 000 of them."""

import numpy as np

from grader.checks import Mismatch, Text, as_array, assert_close

#: how many networks are built for one comparison
CALLS = 40

#: how many of its standard deviations a mean may be off by: further off is one in 10⁹ right ones
ALLOWED = 6.5

#: what one layer more or less, another weight's shape or a rounded table may change
SLACK = 0.02


def logarithms(student, depth, activation):
    """Return the logarithms of the norms of many networks, ``(CALLS, depth)``."""
    results = student.gradient_norms.many([[depth, activation]] * CALLS)
    norms = np.stack([as_array(norms, "norms") for norms in results]).astype(np.float64)
    assert_close(0 * norms, np.zeros((CALLS, depth)), what="norms")
    if not (norms > 0).all():
        raise Mismatch(Text("A norm is not positive.", "有的范数不是正数。"))
    return np.log(norms)


def assert_means(logs, means, deviations, activation):
    """Assert that the mean logarithm of each layer's norm is the one measured."""
    depth = len(means)
    room = ALLOWED * np.array(deviations) / np.sqrt(CALLS) + SLACK
    found = logs.mean(axis=0)
    wrong = np.abs(found - means) > room
    if wrong.any():
        layer = int(np.argmax(wrong))
        usual, typical = np.exp(means[layer]), np.exp(found[layer])
        call = f"gradient_norms({depth}, '{activation}')"
        raise Mismatch(
            Text(
                f"The norm of layer {layer + 1} is {typical:.3g} in the mean of {CALLS} calls of "
                f"{call}, which it is not in networks as asked for.",
                f"在{CALLS}次调用{call}中，第{layer + 1}层的范数平均为{typical:.3g}，"
                "与题目要求的网络不符。",
            ),
            Text(f"There it is {usual:.3g}.", f"题目要求的网络中为{usual:.3g}。"),
        )
