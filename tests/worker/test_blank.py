"""Is a definition still empty, and are two the same work?"""

from __future__ import annotations

import ast

import pytest

from grader.worker.blank import is_blank, normal_form

BLANK = {
    "pass": "def f(x):\n    pass",
    "dots": "def f(x): ...",
    "docstring": 'def f(x):\n    """Twice x."""',
    "nothing returned": "def f(x):\n    return None",
    "starter": 'def f(x):\n    """Twice x."""\n    raise NotImplementedError("f")',
    "nbgrader's starter": "def f(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()",
    "given code above": "def f(x):\n    n = len(x)\n    raise NotImplementedError",
    "given code below": "def f(x):\n    raise NotImplementedError\n    return y",
    "generator": "def f(x):\n    raise NotImplementedError\n    yield x",
    "helper inside": "def f(x):\n    def g(): return 1\n    raise NotImplementedError",
    "async": "async def f(x):\n    raise NotImplementedError",
    "class": "class f:\n    def g(self): pass\n    def h(self):\n        raise NotImplementedError",
    "class with a base": "class f(nn.Module):\n    def forward(self, x):\n        pass",
    "empty class": "class f:\n    pass",
}

WRITTEN = {
    "answer": "def f(x):\n    return 2 * x",
    "change in place": "def f(x):\n    x *= 2",
    "early answer": "def f(x):\n    if x:\n        return 1\n    raise NotImplementedError",
    "generator": "def f(x):\n    yield x\n    raise NotImplementedError",
    "nothing returned at the end": "def f(x):\n    x *= 2\n    return None",
    "other error": "def f(x):\n    raise ValueError",
    "one method": "class f:\n    def g(self): pass\n    def h(self): return 1",
    "inherited": "class f(Base):\n    pass",
    "extended": "class f(f):\n    def g(self): pass",
    "fields": "class f:\n    x: int\n    y = 2",
    "value": "f = None",
}


@pytest.mark.parametrize("text", BLANK.values(), ids=BLANK)
def test_what_can_never_answer_is_empty(text: str) -> None:
    """Whatever a starter gives beside what is to be written."""
    assert is_blank(ast.parse(text).body[0])


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_what_may_answer_is_not_empty(text: str) -> None:
    """Whether the answer is right is for the checks to say."""
    assert not is_blank(ast.parse(text).body[0])


def test_equal_work_has_one_normal_form() -> None:
    """Comments, docstrings, annotations, layout and markers of what is missing do not count."""
    one = 'def f(x: int) -> int:\n    """Twice."""\n    raise NotImplementedError\n    return x'
    two = "def f( x ):\n    # twice\n    pass; return (x)"
    other = "def f(x):\n    return -x"

    first, second, third = (normal_form(ast.parse(text)) for text in (one, two, other))

    assert first == second != third
