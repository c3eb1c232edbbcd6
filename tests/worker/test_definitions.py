"""Does a text define an exercise? What counts, what does not, and where it stands."""

from __future__ import annotations

import pytest

from grader.worker.definitions import (
    defines,
    last_defining,
    lines_defining,
    seems_to_define,
)

DEFINITIONS = {
    "function": "def f(x):\n    return x\n",
    "tabs": "def\tf(x):\n\treturn x\n",
    "space before the arguments": "def f (x):\n    return x\n",
    "Windows line ends": "import numpy\r\n\r\ndef f(x):\r\n    return x\r\n",
    "old Mac line ends": "import numpy\rdef f(x):\r    return x\r",
    "decorated": "@cache\n@other(1)\ndef f(x):\n    return x\n",
    "async": "async def f(x):\n    return x\n",
    "class": "class f:\n    pass\n",
    "class with a base": "class f(nn.Module):\n    pass\n",
    "on one line": "x = 1; f = lambda x: x\n",
    "value": "f = partial(g, 2)\n",
    "typed value": "f: Callable[[int], int] = g\n",
    "several targets": "g = f = h\n",
    "tuple of targets": "g, f = h, k\n",
    "wrapped": "f = jit(f)\n",
    "in a branch": "if torch:\n    def f(x):\n        return x\nelse:\n    f = None\n",
    "in the other branch": "if torch:\n    pass\nelse:\n    def f(x):\n        return x\n",
    "in a try": "try:\n    import g\nexcept ImportError:\n    def f(x):\n        return x\n",
    "at last": "try:\n    pass\nfinally:\n    f = g\n",
    "in a with": "with no_grad():\n    def f(x):\n        return x\n",
    "in a match": "match kind:\n    case 1:\n        def f(x):\n            return x\n",
}

OTHERS = {
    "nothing": "",
    "longer name": "def f2(x):\n    return x\n",
    "end of a name": "def my_f(x):\n    return x\n",
    "call": "f(1)\n",
    "comparison": "f == g\n",
    "comment": "# def f(x):\n",
    "string": '"""\ndef f(x):\n    return x\n"""\n',
    "import": "from scipy.special import f\nimport f\n",
    "nested function": "def g():\n    def f(x):\n        return x\n    return f\n",
    "method": "class g:\n    def f(self):\n        return 1\n",
    "method in a branch": "if g:\n    class h:\n        f = 1\n",
    "attribute": "g.f = 1\n",
    "entry": "f[0] = 1\n",
    "declared only": "f: int\n",
    "added to": "f += 1\n",
    "keyword": "g(f=1)\n",
    "tried": "f = f(net, data)\n",
    "loop": "for f in range(3):\n    pass\n",
}

BROKEN = {
    "function": "def f(x:\n    return x\n",
    "async": "x = \nasync def f(x):\n    return x\n",
    "class": "class f(\n",
    "indented": "  def f(x):\n    return x\n",
    "body with tabs and spaces": "def f(x):\n\tif x:\n        return 1\n\treturn x\n",
    "value": "f = (1,\n",
    "typed value": "f: int = (1,\n",
    "Windows line ends": "x = (\r\ndef f(x):\r\n    return x\r\n",
    "NUL": "def f(x):\n    return '\0'\n",
}


@pytest.mark.parametrize("text", DEFINITIONS.values(), ids=DEFINITIONS)
def test_what_gives_a_module_the_name_defines_it(text):
    """However it is written, wherever in the module."""
    assert defines(text, "f")


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_what_only_mentions_the_name_does_not_define_it(text):
    """Neither an import nor a use, nor a name of the same letters elsewhere."""
    assert not defines(text, "f")
    assert last_defining([text], "f") is None
    assert lines_defining(text, "f") is None


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_text_that_is_not_valid_is_searched_line_by_line(text):
    """What looks like a definition counts as one; where it ends cannot be told."""
    assert defines(text, "f") and seems_to_define(text, "f")
    assert not defines(text, "g") and not seems_to_define(text, "g")
    assert lines_defining(text, "f") is None


@pytest.mark.parametrize("text", ["x = (\nf == 1\n", "x = (\ng(f=1)\n", "x = (\ndef f2(x): pass\n"])
def test_other_lines_of_invalid_text_do_not_count(text):
    """Comparing is not assigning; a longer name is another one."""
    assert not defines(text, "f")


def test_text_nested_too_deep_to_parse_is_searched_too():
    """What exhausts the parser ends neither it nor the search."""
    assert defines("def f(x):\n    return " + "(" * 100_000 + "\n", "f")


@pytest.mark.parametrize(
    ("texts", "index"),
    [
        (["def f(): 1", "def f(): 2", "g = 1"], 1),
        (["def f(): 1", "f = evaluate(net)"], 0),
        (["f = g", "f = h", "f(1)"], 1),
        (["f = g", "def f(:", "f = h"], 1),
        (["def f(): 1", "class g:\n  def f(self:\n    pass"], 0),
        (["g = 1", "import f"], None),
        ([], None),
    ],
)
def test_of_several_texts_the_last_definition_counts(texts, index):
    """A function or a class, broken or not, before a mere value of the same name."""
    assert last_defining(texts, "f") == index


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("import x\n\n@a\n@b(\n  1)\ndef f():\n    pass\n\nf(1)\n", (2, 7)),
        ("def f():\n    pass\nx = 1\n\ndef f():\n    return 1\n", (4, 6)),
        ("def f():\n    pass\nf = evaluate(net)\n", (0, 2)),
        ("x = 1\nif x:\n    def f():\n        pass\nelse:\n    f = 1\ny = 2\n", (1, 6)),
        ("f = partial(\n    g,\n    2,\n)\n", (0, 4)),
        ("import x\r\ndef f():\r\n    pass\r\n", (1, 3)),
    ],
)
def test_the_lines_of_a_definition_are_those_of_its_statement(text, lines):
    """With decorators, and with what is around it at the top of the module."""
    assert lines_defining(text, "f") == slice(*lines)
