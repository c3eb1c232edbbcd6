from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from grader.audit.mutants import PAIRS, every_mutant, mutants
from grader.audit.mutation_operators import OPERATORS
from grader.audit.near_miss_operators import NEAR_MISS_OPERATORS
from grader.course.source import Cell, reference_text

GIVEN = Cell("code", "import numpy as np\nfrom numpy import linalg\n", 3)


def source(*lines):
    """Return the cells of a source whose solution is *lines*."""
    body = "\n".join(f"    {line}" for line in lines)
    text = f"def f(x, y):\n    given = 1 + 2\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"
    return GIVEN, Cell("code", text, 8, exercise="f")


def edits(operator, *lines):
    """Return what *operator* makes of *lines*: the lines that come."""
    found = every_mutant(source(*lines), "f", "numpy", lambda mutant: False)
    return [m.replacement for m in found if m.operator == operator]


CASES = [
    ("axis", ["return x.sum(axis=1)"], ["return x.sum()"]),
    (
        "axis",
        ["return x.sum(axis=(0, 2))"],
        ["return x.sum()", "return x.sum(axis=(2,))", "return x.sum(axis=(0,))"],
    ),
    ("keepdims", ["return x.max(1, keepdims=True)"], ["return x.max(1)"]),
    ("dtype", ["return np.zeros(3, dtype=x.dtype)"], ["return np.zeros(3)"]),
    ("sibling", ["return x.sum()"], ["return x.mean()"]),
    ("sibling", ["return min(x, y)"], ["return max(x, y)"]),
    ("sibling", ["return np.zeros_like(x)"], ["return np.ones_like(x)"]),
    ("transpose", ["return x.T"], ["return x"]),
    ("transpose", ["return x.transpose(1, 0)"], ["return x"]),
    ("operator", ["return x + y"], ["return x - y"]),
    ("operator", ["return x * y"], ["return x / y"]),
    ("operator", ["return x // y"], ["return x / y"]),
    ("operator", ["return x @ y"], ["return x * y"]),
    ("operator", ["return -x"], ["return x"]),
    ("operator", ["x += y"], ["x -= y"]),
    ("term", ["return x + y"], ["return x", "return y"]),
    ("term", ["return x - y"], ["return x", "return -y"]),
    ("term", ["return x / y"], ["return x", "return 1 / y"]),
    ("constant", ["return 0"], ["return 1"]),
    ("constant", ["return 1"], ["return 0", "return 2"]),
    ("constant", ["return 2"], ["return 1", "return 3"]),
    ("constant", ["return 7"], ["return 6", "return 8"]),
    ("constant", ["return 0.5"], ["return 1.0", "return 0.25"]),
    ("constant", ["return True"], ["return False"]),
    ("comparison", ["return x < y"], ["return x <= y", "return x >= y"]),
    ("comparison", ["return x >= y"], ["return x > y", "return x < y"]),
    ("comparison", ["return x == y"], ["return x != y"]),
    (
        "slice",
        ["return x[y:y * 2:3]"],
        [
            "return x",
            "return x[y + 1:y * 2:3]",
            "return x[y - 1:y * 2:3]",
            "return x[:y * 2:3]",
            "return x[y:y * 2 + 1:3]",
            "return x[y:y * 2 - 1:3]",
            "return x[y::3]",
            "return x[y:y * 2]",
        ],
    ),
    (
        "range",
        ["return range(x)"],
        ["return range(x + 1)", "return range(x - 1)", "return range(1, x)"],
    ),
    (
        "range",
        ["return range(x, y, 2)"],
        [
            "return range(x + 1, y, 2)",
            "return range(x - 1, y, 2)",
            "return range(x, y + 1, 2)",
            "return range(x, y - 1, 2)",
            "return range(x, y)",
        ],
    ),
    ("assignment", ["x += y"], ["x = y", "x = x + y"]),
    ("assignment", ["x[:] = y"], ["x = y"]),
    ("order", ["return np.dot(x, y)"], ["return np.dot(y, x)"]),
    ("order", ["return (x, y, 1)"], ["return (y, x, 1)", "return (x, 1, y)"]),
    ("order", ["yield (x, y)"], ["yield (y, x)"]),
    ("order", ["a, b = x"], ["b, a = x"]),
    ("statement", ["x = y", "return x"], ["pass", "pass"]),
    ("statement", ["for i in x: print(i)"], ["pass", "pass"]),
    ("condition", ["if x: return y"], ["if not x:"]),
    ("condition", ["while x: y()"], ["while not x:"]),
    ("condition", ["return x if y else 1"], ["return 1 if y else x"]),
    ("condition", ["return x and y"], ["return x or y", "return x", "return y"]),
    ("condition", ["return not x"], ["return x"]),
    ("copy", ["return x.copy()"], ["return x"]),
    ("name", ["return y"], ["return x", "return given"]),
    ("call", ["return np.exp(x)"], ["return x"]),
    ("call", ["return linalg.solve(x, y)"], ["return x"]),
    ("call", ["return y.reshape(x.shape)"], ["return y"]),
    ("one percent", ["return 0.5"], ["return 0.505"]),
    ("one percent", ["return x ** 2"], ["return x ** 2.02"]),
    ("one percent", ["return x @ y"], ["return 1.01 * (x @ y)"]),
    ("one percent", ["x -= y"], ["x -= 1.01 * y"]),
    ("guard", ["return x / y"], ["return x / (y + 1e-06)"]),
    ("guard", ["x /= y"], ["x /= y + 1e-06"]),
    ("guard", ["return x / 2"], []),
    ("guard", ["return np.log(x)"], ["return np.log(x + 1e-06)"]),
    ("guard", ["return x == 1"], ["return abs(x - 1) < 1e-06"]),
    ("guard", ["return x > 0"], ["return x > 0 + 1e-06"]),
    ("spared", ["for i in x: print(i)"], ["for i in list(x)[:-1]:", "for i in list(x)[1:]:"]),
    ("spared", ["return x.sum(0)"], ["return x[:-1].sum(0)", "return x[1:].sum(0)"]),
    ("spared", ["x -= y"], ["x[:-1] -= y[:-1]", "x[1:] -= y[1:]"]),
    (
        "shared",
        ["return np.rand_like(x)"],
        ["return np.rand_like(x[:1])", "return np.rand_like(x[..., :1])"],
    ),
    ("shared", ["return np.rand(x, 3)"], ["return np.rand(1, 3)", "return np.rand(x, 1)"]),
    (
        "float32",
        ["return x @ y.T"],
        [
            "return x.astype('float32').astype(x.dtype) @ y.T",
            "return x @ y.astype('float32').astype(y.dtype).T",
        ],
    ),
    ("float32", ["return np.exp(x)"], ["return np.exp(x.astype('float32').astype(x.dtype))"]),
    ("float32", ["return x.sum()"], ["return x.astype('float32').astype(x.dtype).sum()"]),
    ("float32", ["return np.zeros_like(x) + len(y)"], []),
]


@pytest.mark.parametrize(("operator", "lines", "expected"), CASES)
def test_an_operator_makes_these_edits(operator, lines, expected):
    """Each operator makes just the edits that it is named for."""
    assert edits(operator, *lines) == expected


def test_every_operator_has_a_case():
    """An operator that nobody tried is no operator."""
    known = {*OPERATORS, *NEAR_MISS_OPERATORS, "name", "call", "float32"}
    assert known == {operator for operator, _lines, _edits in CASES}


def test_given_code_is_kept():
    """Only what stands in a solution is mutated, and the rest of the source stays."""
    for mutant in mutants(source("return x * 3"), "f"):
        assert "given = 1 + 2" in mutant.text
        assert mutant.text.lstrip().startswith("import numpy as np\n")


def test_a_mutant_says_where_and_what():
    """The line is that of the source, the diff is short, and mutants are counted from 1."""
    first, *_others = mutants(source("y = x", "return y - 1"), "f")

    assert (first.exercise, first.number, first.operator, first.line) == ("f", 1, "operator", 12)
    assert first.diff == "- return y - 1\n+ return y + 1"


def test_mutants_differ():
    """No text comes twice, and none is the reference as it was."""
    cells = source("z = x.sum(axis=1, keepdims=True)", "return (z - z.copy()) / (1 - 1)")
    texts = [ast.unparse(ast.parse(mutant.text)) for mutant in mutants(cells, "f")]

    assert len(texts) == len(set(texts)) > 20
    assert ast.unparse(ast.parse(reference_text(cells))) not in texts


def test_every_mutant_is_python():
    """Whatever an operator does to this program's own code, Python can read it."""
    lines = Path(inspect.getfile(mutants)).read_text(encoding="utf-8").splitlines()
    body = [line for line in lines if not line.startswith("from __future__")]
    found = list(mutants(source(*body), "f"))

    assert len(found) > 300
    for mutant in found:
        compile(mutant.text, "mutant.py", "exec")


SEVERAL = ["z = x.sum(axis=1)", "z = z * 2", "w = y - z", "return w / 3"]


def pairs(*lines, equivalent=frozenset()):
    """Return the mutants with two edits, where those of the lines *equivalent* are right."""

    def is_right(mutant):
        return (mutant.replaced, mutant.replacement) in equivalent

    found = every_mutant(source(*lines), "f", "numpy", is_right)
    return [mutant for mutant in found if mutant.operator == "two edits"]


def test_some_mutants_have_edits_of_two_statements():
    """Their number is bounded, and they are the same each time."""
    found = pairs(*SEVERAL)

    assert len(found) == PAIRS
    assert found == pairs(*SEVERAL)
    assert found != pairs(*SEVERAL[:-1], "return w / 4")
    for mutant in found:
        assert len(mutant.replaced.splitlines()) == 2


def test_one_statement_has_no_pairs():
    """Two edits of one statement are mostly one other edit."""
    assert pairs("return x.sum(axis=1) * 2 - y") == []


def test_edits_within_each_other_are_no_pair():
    """A loop that is left out has no body to edit."""
    for mutant in pairs("for i in x:", "    y = y + i * 2", "return y"):
        assert "for i in" in mutant.text or "return y" in mutant.replaced
        compile(mutant.text, "mutant.py", "exec")


def test_edits_that_are_right_are_tried_together():
    """Each may be right only without the other; they are not paired with wrong ones."""
    right = {("z = z * 2", "z = z / 2"), ("w = y - z", "w = y + z")}
    found = [m.replacement.splitlines() for m in pairs(*SEVERAL, equivalent=frozenset(right))]
    usual = [m.replacement.splitlines() for m in pairs(*SEVERAL)]

    assert found[0] == ["z = z / 2", "w = y + z"]
    kept = [lines for lines in usual if not {"z = z / 2", "w = y + z"} & {*lines}]
    assert found[1 : len(kept) + 1] == kept[: PAIRS - 1]
    assert all(not {"z = z / 2", "w = y + z"} & {*lines} for lines in found[1:])
