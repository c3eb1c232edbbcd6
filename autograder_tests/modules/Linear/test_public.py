import numpy as np

from grader.checks import as_block, assert_close, points

from ..shared import assert_shape_of_result, assert_sizes, built
from .layer import Layer


@points(2)
def test_parameters(student, draw):
    """The block has a weight and a bias and nothing else; it gives n outputs.

    zh: 这个块有一个权重和一个偏置，除此之外没有其他参数；n个样本得到n行输出。
    """
    for d, k, n in [(5, 2, 4), (3, 7, 1), (1, 4, 3), (6, 1, 2)]:
        what, X = f"Linear({d}, {k})", draw.normal(n, d)
        if student.framework in ("torch", "numpy", "jax"):  # others may wait for the first call
            assert_sizes(as_block(student.Linear(d, k)).parameters(), [d * k, k], what)
        block = built(student.Linear(d, k), X, what)
        assert_sizes(block.parameters(), [d * k, k], what)
        assert_shape_of_result(block(X), n, k)


@points(2)
def test_values(student, draw):
    """The result is X W + b, with the values that the parameters have at the call.

    zh: 结果是X W + b，使用的是调用时参数的值。
    """
    for d, k, n in [(5, 2, 4), (3, 7, 1), (2, 6, 3), (3, 5, 5)]:
        layer, X = Layer(student, draw, d, k), draw.normal(n, d)
        for mode in ("train", "eval", "eval"):
            layer.block.call(mode)
            W, b = draw.normal(d, k), draw.normal(k)
            layer.set(W, b)
            scale = float((np.abs(X) @ np.abs(W)).max() + np.abs(b).max())
            assert_close(layer.block(X), X.astype(np.float64) @ W + b, terms=d, scale=scale)
