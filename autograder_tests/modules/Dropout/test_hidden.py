import numpy as np

from grader.checks import (
    Mismatch,
    Text,
    as_array,
    assert_close,
    assert_independent,
    assert_rate,
    assert_unchanged,
    points,
    says,
)

from .modes import block_in


@points(1)
@says("unchanged", "values")
def test_p_zero_and_one(student, draw):
    """With p = 0 nothing is dropped, with p = 1 everything in training; X stays as it is.

    zh: p = 0时不丢弃任何元素；p = 1时，训练中丢弃所有元素；X保持不变。
    """
    X = draw.away_from_zero(4, 7)
    before = X.copy()
    for p, mode, expected in [
        (0.0, "train", before),
        (1.0, "train", np.zeros(X.shape)),
        (1.0, "eval", before),
        (0.0, "eval", before),
    ]:
        assert_close(block_in(mode, student, p)(X), expected)
        assert_unchanged(X, before, "X")
    block_in("train", student, 0.6)(X)
    assert_unchanged(X, before, "X")


@points(1)
def test_each_entry_on_its_own(student, draw):
    """Each entry is dropped on its own, whatever the shape of X, and each call draws anew.

    zh: 无论X是什么形状，每个元素都独立地被丢弃；每次调用都重新抽取。
    """
    p = 0.4
    for shape in [(60, 90), (20, 3, 15, 12), (20_000,), (40, 40), (12, 15, 20), (900, 1)]:
        X = draw.away_from_zero(*shape)
        dropped = as_array(block_in("train", student, p)(X)) == 0
        assert_close(dropped * 0.0, np.zeros(shape))
        assert_independent(dropped, f"Dropout({p})(X) == 0")
    block, X = block_in("train", student, 0.5), draw.away_from_zero(1, 2)
    none_left = sum(not as_array(block(X)).any() for _ in range(200))
    assert_rate(none_left, 200, 0.25, "(Dropout(0.5)(X) == 0).all()")
    block, X = block_in("train", student, p), draw.away_from_zero(9, 24)
    every = [as_array(one(X)) == 0 for one in [block] * 4 + [block_in("train", student, p)]]
    for i, one in enumerate(every):
        if any(np.array_equal(one, other) for other in every[:i]):
            raise Mismatch(Text("Two calls drop the same entries.", "两次调用丢弃了相同的元素。"))


@points(1)
@says("state", "values")
def test_switched(student, draw):
    """The mode can be switched back and forth, also through a block that contains this one.

    zh: 模式可以来回切换，也可以通过包含它的块来切换。
    """
    block, X = block_in("train", student, 0.7), draw.away_from_zero(16, 19)
    around = student.block("chain", student.block("chain", block))
    # also where gradients are not recorded: that is no mode
    for net in (block, around, student.block("unrecorded", block)):
        for mode in ("eval", "train", "eval"):
            net.call(mode)
            result = as_array(net(X))
            if mode == "eval":
                assert_close(result, X)
            elif not (result == 0).any():
                raise Mismatch(
                    Text(
                        "Back in training, no entry is dropped.",
                        "回到训练模式后，没有丢弃任何元素。",
                    ),
                    subject="state",
                )


@points(1)
def test_within_a_network(student, draw):
    """The block has no parameters, and what comes before it can be trained through it.

    zh: 这个块没有参数；它之前的部分可以通过它得到训练。
    """
    block = block_in("train", student, 0.5)
    W, b = draw.normal(3, 40), draw.normal(40)
    around = student.block("chain", student.block("affine", W, b), block)
    around.call("train")
    X = draw.away_from_zero(1, 3)
    found = around.gradients([X], np.ones((1, 40), X.dtype))
    if block.parameters() or len(found) != 2:
        raise Mismatch(Text("Dropout has parameters.", "使用暂退法的块有参数。"))
    if student.framework == "numpy":
        return  # it has no gradients, and differences say nothing of what draws anew
    gradient = as_array(next((g for g in found if g is not None and g.shape == (40,)), None))
    assert_close(gradient, np.where(gradient == 0, 0, 2.0), what="db", tolerance=1e-3)
    block = block_in("train", student, 1.0)
    around = student.block("chain", student.block("affine", W, b), block)
    around.call("train")
    for one in around.gradients([X], np.ones((1, 40), X.dtype)):
        if one is not None:
            assert_close(one, np.zeros(one.shape), what="db")
    if not gradient.any() or gradient.all():
        raise Mismatch(
            Text(
                "Gradients do not pass at the entries that are left, and at these alone.",
                "梯度没有恰好从保留下来的元素处通过。",
            )
        )
