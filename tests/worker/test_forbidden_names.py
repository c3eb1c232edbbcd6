"""Reading code for what is forbidden, without running it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from grader.worker.forbidden_calls import Use
from grader.worker.forbidden_names import read_uses
from grader.worker.loader import Source

FORBIDDEN = {"softmax": ["torch.*softmax", "torch.nn.Softmax", "scipy.special.softmax"]}


def read(*texts: str) -> Use | None:
    """Return what is found for the exercise softmax in these cells."""
    cells = [(f"cell {i}", 1, dedent(text)) for i, text in enumerate(texts, 1)]
    return read_uses(Source.read(cells), FORBIDDEN).get("softmax")


USES = {
    "by its full name": """
        import torch
        def softmax(X):
            return torch.softmax(X, 1)
        """,
    "of a renamed module": """
        import torch.nn.functional as F
        def softmax(X):
            return F.softmax(X, dim=1)
        """,
    "as a method of the class": """
        import torch
        def softmax(X):
            return torch.Tensor.softmax(X, 1)
        """,
    "renamed": """
        from torch import softmax as s
        def softmax(X):
            return s(X, 1)
        """,
    "kept under another name": """
        from torch.nn.functional import softmax
        theirs = softmax
        def softmax(X):
            return theirs(X, dim=1)
        """,
    "with everything else": """
        from torch.nn.functional import *
        theirs = softmax
        def softmax(X):
            return theirs(X, dim=1)
        """,
    "imported inside": """
        def softmax(X):
            from torch import nn
            return nn.functional.softmax(X, dim=1)
        """,
    "by getattr": """
        import torch
        def softmax(X):
            return getattr(torch, "softmax")(X, 1)
        """,
    "by importlib": """
        import importlib
        F = importlib.import_module("torch.nn.functional")
        def softmax(X):
            return F.softmax(X, dim=1)
        """,
    "by __import__": """
        def softmax(X):
            return __import__("torch").softmax(X, 1)
        """,
    "as an object": """
        from torch import nn
        layer = nn.Softmax(dim=1)
        def softmax(X):
            return layer(X)
        """,
    "as the exercise itself": """
        from torch import softmax
        """,
    "partly applied": """
        import functools, torch
        softmax = functools.partial(torch.softmax, dim=1)
        """,
    "in a helper": """
        import torch
        def helper(X):
            return torch.softmax(X, 1)
        def softmax(X):
            return helper(X)
        """,
    "in a base class": """
        from torch import nn
        class Mine(nn.Softmax):
            pass
        def softmax(X):
            return Mine(1)(X)
        """,
    "passed on": """
        import numpy as np, scipy.special
        def softmax(X):
            return np.apply_along_axis(scipy.special.softmax, 1, X)
        """,
    "inside with": """
        import torch
        def softmax(X):
            with torch.no_grad():
                Y = torch.softmax(X, 1)
            return Y
        """,
    "as a lambda": """
        import torch
        softmax = lambda X: torch.softmax(X, 1)
        """,
}

HONEST = {
    "a demo beside it": """
        import torch
        def softmax(X):
            E = torch.exp(X)
            return E / E.sum(1, keepdim=True)
        expected = torch.softmax(torch.eye(3), 1)
        assert torch.allclose(softmax(torch.eye(3)), expected)
        """,
    "a function of that name": """
        from torch.nn.functional import *
        def log_softmax(X):
            return softmax(X).log()
        def softmax(X):
            return X.exp() / X.exp().sum(1, keepdim=True)
        """,
    "a name that one of two star imports gave": """
        from torch.nn.functional import *
        from helpers import *
        def log_softmax(X):
            return softmax(X).log()
        theirs = softmax
        def softmax(X):
            return theirs(X)
        """,
    "a variable that hides a module": """
        import torch
        import torch.nn.functional as F
        class Gates:
            def softmax(self):
                return 1
        def softmax(X):
            F = Gates()
            return F.softmax()
        """,
    "a branch that nobody takes": """
        import torch
        def softmax(X, library=False):
            if library:
                return torch.softmax(X, 1)
            return X.exp() / X.exp().sum(1, keepdim=True)
        """,
    "code behind a return": """
        import torch
        def softmax(X):
            if len(X):
                return X.exp() / X.exp().sum(1, keepdim=True)
            return torch.softmax(X, 1)
        """,
    "something to fall back on": """
        try:
            from torch import softmax as theirs
        except ImportError:
            def theirs(X, axis):
                return X
        def softmax(X):
            return theirs(X, 1)
        """,
    "a name that is only asked for": """
        from torch import nn
        def softmax(X):
            if isinstance(X, nn.Softmax) or hasattr(nn, "Softmax"):
                raise TypeError
            return X.exp() / X.exp().sum(1, keepdim=True)
        """,
    "an alias that is not called": """
        import torch
        def softmax(X):
            theirs = torch.softmax
            return X.exp() / X.exp().sum(1, keepdim=True)
        """,
    "a parameter of that name": """
        from torch import softmax as theirs
        def softmax(X, theirs=len):
            return theirs(X)
        """,
    "an attribute of that name": """
        class Layer:
            softmax = None
        def softmax(X):
            layer = Layer()
            layer.softmax = X.exp()
            return layer.softmax / layer.softmax.sum(1, keepdim=True)
        """,
    "a result of that name, further down": """
        from torch import nn
        def softmax(X):
            return X.exp() / X.exp().sum(1, keepdim=True)
        softmax = nn.Softmax(1)(X)
        """,
    "a method, which may be anybody's": """
        def softmax(X):
            return X.softmax(1)
        """,
}


@pytest.mark.parametrize("text", USES.values(), ids=USES)
def test_a_use_is_found(text: str) -> None:
    """A forbidden function is found by whatever name it is reached."""
    use = read(text)

    assert use is not None and use.name.lower().endswith("softmax")
    assert "cell 1" == use.label


@pytest.mark.parametrize("text", HONEST.values(), ids=HONEST)
def test_what_may_be_honest_is_not_accused(text: str) -> None:
    """What is not certain to run, or is the learner's own, is no use."""
    assert read(text) is None


def test_cell_and_line_are_those_of_the_use() -> None:
    """A use in a helper is found where the helper stands."""
    use = read(
        "import torch\n\ndef helper(X):\n    return torch.softmax(X, 1)",
        "def softmax(X):\n    return helper(X)",
    )

    assert Use("torch.softmax", "cell 1", 4) == use


def test_the_last_definition_counts() -> None:
    """A learner who has replaced the library's function by an own one is not accused."""
    first = "import torch\ndef softmax(X):\n    return torch.softmax(X, 1)"
    second = "def softmax(X):\n    return X.exp() / X.exp().sum(1, keepdim=True)"

    assert read(first, second) is None
    assert read(second, first) is not None


def test_functions_that_call_each_other_are_read_once() -> None:
    """Recursion does not keep the reader for ever."""
    assert (
        read("def softmax(X):\n    return other(X)\ndef other(X):\n    return softmax(X)") is None
    )


def test_code_nested_beyond_reason_is_left_to_the_watch() -> None:
    """What would exhaust the stack costs nothing but its reading."""
    assert read("def softmax(X):\n    return " + "-" * 3000 + "X") is None


def test_exercises_are_read_one_by_one() -> None:
    """What one exercise is to do without, another may use."""
    text = "import torch\ndef softmax(X):\n    return torch.softmax(X, 1)\nother = softmax"
    found = read_uses(Source.read([("a.py", 1, text)]), {"other": ["torch.exp"], **FORBIDDEN})

    assert ["softmax"] == list(found)
