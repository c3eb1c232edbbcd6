from itertools import pairwise

from grader.checks import Mismatch, Text, assert_close, points

from .links import Link, Square, chained, result_of


@points(2)
def test_order(student, draw):
    """The blocks are called one after another, in their order.

    zh: 各个块按顺序依次调用。
    """
    for sizes in [(3, 5), (1, 4, 3), (4, 3, 1, 5)]:
        links = [Link(student, draw, d, k) for d, k in pairwise(sizes)]
        links.insert(1, Square(student))
        X = draw.normal(6, sizes[0])
        expected, scale = result_of(links, X)
        assert_close(chained(student, *links)(X), expected, terms=5, condition=20, scale=scale)
    many = [Link(student, draw, 2, 2) for _ in range(12)]
    X = draw.normal(3, 2)
    expected, scale = result_of(many, X)
    assert_close(chained(student, *many)(X), expected, terms=24, condition=60, scale=scale)
    square, link = Square(student), Link(student, draw, 3, 3)
    images = draw.normal(2, 3, 4, 5)
    expected, scale = result_of([square], images)
    assert_close(chained(student, square)(images), expected, condition=4, scale=scale)
    X = draw.normal(1, 3)
    for links in [(square, link), (link, square), (link,)]:
        expected, scale = result_of(links, X)
        assert_close(chained(student, *links)(X), expected, terms=3, condition=20, scale=scale)


@points(1)
def test_nested(student, draw):
    """A MySequential may be a block of another one, and its parameters are found there.

    zh: 一个MySequential可以是另一个MySequential中的块，它的参数也能在后者中找到。
    """
    one, two, three = (Link(student, draw, d, k) for d, k in [(2, 4), (4, 3), (3, 5)])
    square = Square(student)
    inner = chained(student, two, square)
    outer = chained(student, one, chained(student, inner), three)
    X = draw.normal(6, 2)
    expected, scale = result_of([one, two, square, three], X)
    assert_close(outer(X), expected, terms=4, condition=20, scale=scale)
    if len(outer.parameters()) != 6:
        raise Mismatch(
            Text(
                "The parameters of a MySequential within another one are not all found.",
                "内层MySequential的参数没有全部找到。",
            )
        )


@points(1)
def test_parameters(student, draw):
    """The parameters are those of all blocks.

    zh: 参数是其中所有块的参数。
    """
    links = [Link(student, draw, 3, 5), Square(student), Link(student, draw, 5, 2)]
    chain = chained(student, *links)
    chain(draw.normal(2, 3))
    known = [part for link in links[::2] for part in (link.W, link.b)]
    found = chain.parameters()
    if len(found) != len(known):
        raise Mismatch(
            Text(
                "The chain has not as many parameters as its blocks.",
                "MySequential的参数个数与其中各块的参数个数不同。",
            ),
            Text(
                f"It has {len(found)}, they have {len(known)}.",
                f"它有{len(found)}个，各块共有{len(known)}个。",
            ),
        )
    by_size = [sorted(some, key=lambda p: p.size) for some in (found, known)]
    for p, want in zip(*by_size, strict=True):
        assert_close(p, want, what="parameters()")
