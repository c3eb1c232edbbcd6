"""What is the same in normal form, and what two have in common that is rare in their class."""

from __future__ import annotations

import ast
import builtins
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submission.alike_pairs import LEAST, compared
from grader.submission.likeness import Code, Rarity, alike
from grader.submission.normal_code import normal_parts


def keys(text):
    """Return what the parts of *text*, in a function, are equal to others by, in any order."""
    given = {"np", "torch", "softmax", "numpy", "exp", *dir(builtins)}
    names = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}
    function = f"def work({', '.join(sorted(names - given))}):\n{textwrap.indent(text, '    ')}\n"
    return sorted(part.key for part in normal_parts(ast.parse(function).body, ["softmax"]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("y = x + 1", "total = value + 1", id="names"),
        pytest.param("y = x + 1", "y: int = x + 1  # one more", id="annotations and comments"),
        pytest.param("a = 1; b = 2", "b = 2; a = 1", id="order"),
        pytest.param("x = x * y", "x *= y", id="augmented"),
        pytest.param("z = (a + b) + c", "z = c + (b + a)", id="terms"),
        pytest.param("a, b = x, y", "a = x; b = y", id="two at once"),
        pytest.param("s = np.sum(x, axis=0)", "s = x.sum(axis=0)", id="method"),
        pytest.param("s = torch.sum(x, dim=0)", "s = np.sum(x, axis=0)", id="framework"),
        pytest.param("z = x @ y", "z = np.dot(x, y)", id="product of matrices"),
        pytest.param("ok = a > b", "ok = b < a", id="turned"),
        pytest.param("f(a=1, b=2)", "f(b=2, a=1)", id="keywords"),
        pytest.param(
            "r = []\nfor i in xs:\n    r.append(i * i)",
            "r = [j * j for j in xs]",
            id="comprehension",
        ),
        pytest.param(
            "r = []\nfor i in xs:\n    if i > 0:\n        r.append(i)",
            "r = [i for i in xs if i > 0]",
            id="comprehension with a condition",
        ),
        pytest.param(
            "import numpy\ny = numpy.exp(x)", "from numpy import exp\ny = exp(x)", id="import"
        ),
        pytest.param(
            "y = h * s + h * s * k", "y = s * h + k * (s * h)", id="products in any order"
        ),
        pytest.param("print(x)\ny = 1.0", "'''Text.'''\ny = 1", id="prints and texts"),
    ],
)
def test_what_takes_no_understanding_to_change_is_the_same(one, other):
    """Names, layout, order, libraries and ways to write a loop make no other code."""
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("y = x - z", "y = z / x"),
        ("y = x - x", "y = x - z"),
        ("y = softmax(x)", "y = other(x)"),
        ("y = x + 1", "y = x + 2"),
        ("y = x.sum(axis=0)", "y = x.sum(axis=1)"),
        ("r = [i for i in xs if i]", "r = [i for i in xs]"),
    ],
)
def test_what_means_something_else_is_not_the_same(one, other):
    """Other operations, numbers and functions are other code, and so is a name that comes again."""
    assert keys(one) != keys(other)


NAMES = st.sampled_from(["x", "y", "z", "w"])
EXPRESSIONS = st.recursive(
    st.one_of(NAMES, st.integers(0, 9).map(str)),
    lambda inner: (
        st.builds(
            "({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "/", "@", "<"]), inner
        )
        | st.builds("np.exp({})".format, inner)
    ),
    max_leaves=12,
)
PROGRAMS = st.lists(st.builds("{} = {}".format, NAMES, EXPRESSIONS), min_size=1, max_size=8)


@given(PROGRAMS)
def test_new_names_make_no_other_code(lines):
    """Whatever the code is, to rename all variables changes nothing, and all of it is the same."""
    text = "x = y = z = w = 0\n" + "\n".join(lines)
    renamed = text
    for old, new in zip("xyzw", ("value", "other", "third", "last"), strict=True):
        renamed = "\n".join(
            ast.unparse(_Renamed(old, new).visit(ast.parse(line))) for line in renamed.split("\n")
        )

    assert keys(text) == keys(renamed)
    ours, theirs = (code(one, who) for who, one in (("ada", text), ("bob", renamed)))
    rarity = Rarity([ours, theirs])
    weights = rarity.weights(ours), rarity.weights(theirs)
    own = rarity.own(ours, weights[0])
    found = alike(ours, theirs, weights, own)
    assert found.worth == pytest.approx(own)
    assert own == pytest.approx(rarity.own(theirs, weights[1]))


class _Renamed(ast.NodeTransformer):
    def __init__(self, old, new):
        self._old, self._new = old, new

    def visit_Name(self, node):
        node.id = self._new if node.id == self._old else node.id
        return node


def code(text, who):
    """Return *text* as the code of a learner."""
    return Code.of(who, normal_parts(ast.parse(text).body, []))


@given(PROGRAMS, PROGRAMS)
def test_to_be_alike_is_mutual_and_within_bounds(one, other):
    """Both ways come to the same, and nobody has more in common than they have."""
    ours, theirs = code("\n".join(one), "ada"), code("\n".join(other), "bob")
    rarity = Rarity([ours, theirs, code("q = np.log(1)", "cyd")])
    weights = rarity.weights(ours), rarity.weights(theirs)
    own = min(rarity.own(ours, weights[0]), rarity.own(theirs, weights[1]))

    there, back = alike(ours, theirs, weights, own), alike(theirs, ours, weights[::-1], own)

    assert 0 <= there.share <= 1
    assert there.worth == pytest.approx(back.worth, rel=0.5, abs=8)
    assert there.worth <= sum(node.size for node in ours.nodes)


def test_the_index_finds_every_pair_that_a_look_at_all_pairs_finds():
    """No pair that is alike is missed because it was not looked up."""
    long = "\n".join(f"v{i} = np.exp(w{i} * {i} - {i + 1}) / (1 + w{i} ** {i})" for i in range(12))
    half = "\n".join(long.split("\n")[:6])
    other = "\n".join(f"v{i} = np.log(w{i} + {i}) @ q" for i in range(9))
    texts = {"ada": long, "bob": long, "cyd": half, "dan": other, "eve": "x = 1", "fay": other}
    codes = {who: code(text, who) for who, text in texts.items()}

    found = compared(codes, []).pairs

    rarity = Rarity(list(codes.values()))
    weights = {who: rarity.weights(one) for who, one in codes.items()}
    own = {who: rarity.own(one, weights[who]) for who, one in codes.items()}
    wanted = set()
    for one in codes:
        for two in codes:
            both = alike(
                *(codes[one], codes[two], (weights[one], weights[two]), min(own[one], own[two]))
            )
            if one < two and both.worth >= LEAST and both.share >= 0.85:
                wanted.add((one, two))
    assert set(found) == wanted
    assert ("ada", "bob") in wanted
    assert ("dan", "fay") in wanted
