"""What the checks of blocks have in common."""

import numpy as np

from grader.checks import Mismatch, Text, as_array, as_block, assert_close


def built(block, X, what):
    """Return a block that has been called once: some parameters are made in the first call."""
    block = as_block(block, what)
    block(X)
    return block


def assert_shape_of_result(result, n, k):
    """Assert that a result is (n, k) and finite, whatever its values."""
    assert_close(0 * as_array(result), np.zeros((n, k)))


def assert_sizes(parameters, sizes, what):
    """Assert that a block has parameters with these numbers of entries, in any order."""
    found = sorted(p.size for p in parameters)
    if found != sorted(sizes):
        raise Mismatch(
            Text(
                f"{what} has other parameters than it should have.",
                f"{what}的参数不符合要求。",
            ),
            Text(
                f"Their numbers of entries are {found}, not {sorted(sizes)}.",
                f"它们的元素个数是{found}，而不是{sorted(sizes)}。",
            ),
            "shape",
        )


def weight_of(parameters, d, k, what):
    """Return the place of the weight of a layer from d to k, and whether it is (k, d)."""
    for place, p in enumerate(parameters):
        if p.shape in ((d, k), (k, d)):
            return place, p.shape != (d, k)
    raise Mismatch(
        Text(
            f"No parameter of {what} is a weight from {d} to {k}.",
            f"{what}的参数中没有从{d}到{k}的权重。",
        ),
        subject="shape",
    )


def bias_of(parameters, k, what):
    """Return the place of the bias of a layer with k outputs."""
    for place, p in enumerate(parameters):
        if p.size == k and max(p.shape, default=0) == k:
            return place
    raise Mismatch(
        Text(
            f"No parameter of {what} is a bias for {k} outputs.",
            f"{what}的参数中没有{k}个输出的偏置。",
        ),
        subject="shape",
    )


def assert_reached(gradients, what):
    """Assert that every parameter has a gradient other than zero."""
    missing = [i for i, g in enumerate(gradients) if g is None or not np.any(g)]
    if missing:
        raise Mismatch(
            Text(
                f"A parameter of {what} gets no gradient.",
                f"{what}有一个参数得不到梯度。",
            ),
            Text(
                f"It is number {missing[0]} of {len(gradients)}, counted from 0.",
                f"从0数起，它是{len(gradients)}个参数中的第{missing[0]}个。",
            ),
        )
