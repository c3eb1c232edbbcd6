import numpy as np

from grader.checks import Mismatch, Text, assert_close, points, says

from .links import Link, Square, chained, result_of


@points(1)
def test_blocks_themselves(student, draw):
    """The blocks take part themselves: the chain follows their parameters, which get gradients.

    zh: 参与计算的是各个块本身：结果随它们的参数而变，这些参数都能得到梯度。
    """
    one, two = Link(student, draw, 3, 4), Link(student, draw, 4, 2)
    chain = chained(student, one, Square(student), two)
    X, upstream = draw.normal(5, 3), draw.normal(5, 2)
    H = one(X.astype(np.float64))
    dZ = upstream @ two.W.T.astype(np.float64) * 2 * H
    wanted = [X.T @ dZ, dZ.sum(axis=0), (H * H).T @ upstream, upstream.sum(axis=0)]
    found = {g.shape: g for g in chain.gradients([X], upstream) if g is not None}
    scale = float(np.abs(X).max() * np.abs(dZ).sum() + (H * H).sum() * np.abs(upstream).max())
    for want, name in zip(wanted, ("W1", "b1", "W2", "b2"), strict=True):
        got = found.get(want.shape)
        assert_close(got, want, terms=5, condition=20, scale=scale, what=f"d{name}")
    for link in (one, two):
        link.W, link.b = draw.normal(*link.W.shape), draw.normal(*link.b.shape)
        link.block.set_parameters([link.W, link.b])
    expected, scale = result_of([one, lambda H: H * H, two], X)
    assert_close(chain(X), expected, terms=4, condition=20, scale=scale)


@points(1)
def test_twice_and_never(student, draw):
    """A block that comes twice is called twice and counts once; without blocks, X is the result.

    zh: 出现两次的块被调用两次，参数只计一次；没有任何块时，结果就是X。
    """
    link, square = Link(student, draw, 3, 3), Square(student)
    X = draw.normal(4, 3)
    for links in [(link, link), (square, square), (link, square, link)]:
        chain = chained(student, *links)
        expected, scale = result_of(links, X)
        assert_close(chain(X), expected, terms=3, condition=20, scale=scale)
    empty = chained(student)
    assert_close(empty(X), X)
    if len(chain.parameters()) != 2 or empty.parameters():
        raise Mismatch(
            Text(
                "Parameters of a block that comes twice do not count once, or there are some "
                "without any block.",
                "重复出现的块，其参数不是只计一次；或者没有块时却有参数。",
            )
        )


@points(1)
@says("state", "values")
def test_mode(student, draw):
    """Switching the mode of a chain switches that of its blocks, at any depth.

    zh: 切换MySequential的模式时，其中各块（无论嵌套多深）的模式也随之切换。
    """
    link, doubling = Link(student, draw, 2, 3), student.block("doubling")
    outer = chained(student, link, chained(student, doubling))
    X = draw.normal(4, 2)
    expected, scale = result_of([link], X)
    for mode, factor in [("eval", 1), ("train", 2), ("eval", 1)]:
        outer.call(mode)
        got = outer(X)
        assert_close(got, factor * expected, terms=2, condition=4, scale=2 * scale)


@points(1)
@says("state", "values")
def test_two_chains(student, draw):
    """Two chains know nothing of each other, even with blocks in common.

    zh: 两个MySequential互不影响，即使它们含有相同的块。
    """
    one, two, square = Link(student, draw, 3, 3), Link(student, draw, 3, 3), Square(student)
    short, long = [one, square], [square, two, one]
    first, second = chained(student, *short), chained(student, *long)
    X = draw.normal(4, 3)
    for chain, links in [(first, short), (second, long), (first, short)]:
        expected, scale = result_of(links, X)
        assert_close(chain(X), expected, terms=3, condition=20, scale=scale)
