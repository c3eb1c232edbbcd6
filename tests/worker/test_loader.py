"""From a learner's text to a module, whatever state the text is in."""

from __future__ import annotations

import inspect
import linecache
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from grader.worker.loader import Loaded, Source, load


@pytest.fixture(autouse=True)
def no_trace() -> Iterator[None]:
    """Forget the module that a test loads."""
    yield
    sys.modules.pop("submission", None)


def run(source: str, wanted: str = "f") -> Loaded:
    """Load *wanted* from one piece."""
    return load(Source.read([("a.py", 1, dedent(source))]), wanted)


def value(source: str, *args: Any, wanted: str = "f") -> Any:
    """Load *wanted* and call it."""
    return getattr(run(source, wanted).module, wanted)(*args)


def test_code_can_be_read_again_from_the_cache_of_lines() -> None:
    """AutoGraph, which reads the code of functions, drops what is cached and looks it up again."""
    f = run("K = 2\n\ndef f(x):\n    return K * x").module.f

    linecache.updatecache("a.py", f.__globals__)

    assert inspect.getsource(f) == "def f(x):\n    return K * x\n"


def test_cells_that_crash_cost_nothing() -> None:
    """A notebook's broken experiments do not reach the graded function."""
    source = Source.read(
        [
            ("cell 1", 1, "import nothing_of_this_name\nimport math"),
            ("cell 2", 1, "def f(x): return math.sqrt(x)"),
            ("cell 3", 1, "raise RuntimeError\nfor i in range(10**12): f(i)"),
            ("cell 4", 1, "this is not python"),
        ]
    )

    loaded = load(source, "f")

    assert loaded.module.f(9) == 3
    assert loaded.failures == []


def test_a_missing_import_that_is_used_is_noted() -> None:
    """A statement that is needed and raises is kept with what it raised; the rest goes on."""
    loaded = run("import nothing_of_this_name as n\nK = 2\ndef f(x): return K if x else n.g()")

    assert [type(error) for _, error in loaded.failures] == [ModuleNotFoundError]
    assert loaded.module.f(1) == 2


@pytest.mark.parametrize(
    "end", ["exit()", "import sys; sys.exit(1)", "raise KeyboardInterrupt", "raise SystemExit(3)"]
)
def test_ending_the_program_ends_only_the_statement(end: str) -> None:
    """Leaving at top level is harmless, even inside a statement that is needed."""
    source = f"def stop():\n    {end}\nK = stop()\ndef f(x): return x\ndef g(x): return K\n{end}"

    assert value(source, 4) == 4
    assert [type(e) for _, e in run(source, "g").failures] != []


def test_a_base_exception_of_the_learners_own_is_noted() -> None:
    """An exception that is no Exception does not escape."""
    loaded = run("class Odd(BaseException): pass\ndef r(): raise Odd\nf = r()")

    assert [type(error).__name__ for _, error in loaded.failures] == ["Odd"]


def test_the_last_definition_wins() -> None:
    """As in a notebook run from top to bottom."""
    assert value("def f(): return 1\ndef f(): return 2") == 2


def test_classes_of_every_make_can_be_loaded() -> None:
    """Dataclasses, methods added by a decorator and inherited ones work."""
    source = """
        from __future__ import annotations
        from dataclasses import dataclass
        def add_to_class(cls):
            def wrapper(obj): setattr(cls, obj.__name__, obj)
            return wrapper
        @dataclass
        class Base:
            rate: float = 0.5
        class f(Base):
            pass
        @add_to_class(f)
        def step(self, x: Undefined) -> Undefined: return self.rate * x
    """

    assert value(source, 3.0).step(2) == 6.0


@pytest.mark.parametrize(
    "source",
    [
        """
        import functools
        def twice(g):
            @functools.wraps(g)
            def wrapped(*a): return 2 * g(*a)
            return wrapped
        @twice
        def f(x): return x
        """,
        """
        try:
            import nothing_of_this_name as lib
        except ImportError:
            lib = None
        if lib is None:
            def f(x): return 2 * x
        else:
            f = lib.f
        """,
        """
        table = {}
        for n in range(10): table[n] = 2 * n
        def f(x): return table[x]
        """,
        """
        import sys
        if "torch" in sys.modules: scale = 2
        else: scale = 2
        f = lambda x: scale * x
        """,
        """
        class Doubler:
            def __call__(self, x): return 2 * x
        f = Doubler()
        """,
        """
        import asyncio
        async def later(x): return 2 * x
        Number = int
        def f(x: Number) -> Number: return asyncio_free(later(x))
        def asyncio_free(coroutine):
            try: coroutine.send(None)
            except StopIteration as end: return end.value
        """,
        """
        get_ipython().run_line_magic("matplotlib", "inline")
        shell = get_ipython()
        shell.system("pip install d2l")
        def f(x): return shell and 2 * x
        """,
    ],
)
def test_code_as_learners_write_it_runs(source: str) -> None:
    """Decorators, fallbacks, tables filled by loops, callables, magics."""
    assert value(source, 4) == 8


@pytest.mark.parametrize(
    "source",
    [
        "def f(x, by=FACTOR): return x * by\nFACTOR = 2",
        "f = double\ndef double(x): return 2 * x",
        "@twice\ndef f(x): return x\ndef twice(g): return lambda x: 2 * g(x)",
        "f = D()\nclass D(B): pass\nclass B:\n    def __call__(self, x): return x * K\nK = 2",
    ],
)
def test_cells_may_stand_in_any_order(source: str) -> None:
    """What misses a name that stands below is run again when it is there."""
    loaded = run(source)

    assert loaded.module.f(3) == 6
    assert loaded.failures == []


@pytest.mark.parametrize(
    "imports",
    [
        "from numpy import exp as f",
        "from numpy import (sqrt,\n  exp as f, sum)",
        "from numpy import *",
        "import numpy as np, numpy.linalg as f",
    ],
)
def test_what_a_library_has_takes_nothing_back(imports: str) -> None:
    """What is imported below to compare with is not what the learner wrote."""
    source = f"def f(x): return exp(x) + sqrt(4)\ndef exp(x): return 2 * x - 2\n{imports}"

    assert value(f"from math import sqrt\n{source}", 3) == 6


def test_a_helper_of_the_learners_own_may_replace_a_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they import from a module of theirs, below a definition, counts as in a kernel."""
    (tmp_path / "helper_of_mine.py").write_text("def f(x): return 2 * x")
    monkeypatch.syspath_prepend(tmp_path)

    assert value("def f(x): return x\nfrom helper_of_mine import f", 3) == 6


def test_a_librarys_function_counts_where_nothing_is_written() -> None:
    """Above a definition, or without one, an import is what it is."""
    assert value("from numpy import exp as f\ndef f(x): return 2 * x", 3) == 6
    assert value("from numpy import square as f", 3) == 9


def test_what_is_run_again_takes_no_later_definition_back() -> None:
    """Of two definitions the last one counts, also where the first one had to wait."""
    source = "def f(x, by=FACTOR): return 0\ndef f(x): return 2 * x\nFACTOR = 2"

    assert value(source, 3) == 6


def test_what_is_missing_for_good_is_missed_once() -> None:
    """Names that nobody defines stay failures, each with its first error."""
    loaded = run("class f(B): pass\nclass B(C): pass")

    assert [str(error) for _, error in loaded.failures] == [
        "name 'B' is not defined",
        "name 'C' is not defined",
    ]


def test_a_cell_that_nbconvert_wrote_as_a_string_is_a_cell() -> None:
    """``%%time`` becomes a call with the cell's code in it; errors are at the line of the call."""
    cell = "def f(x):\n    return 2 * x\n\n\ndef g(x):\n    return x.no"
    source = Source.read(
        [
            ("a.py", 3, f"import os\nget_ipython().run_cell_magic('time', '', {cell!r})"),
            ("a.py", 7, "get_ipython().run_cell_magic('bash', '', 'def f(x): return 0')"),
            ("a.py", 9, "get_ipython().run_cell_magic('capture', 'out', 'def h(:\\n  1')"),
        ]
    )
    loaded = load(source, "g")

    assert load(source, "f").module.f(3) == 6
    with pytest.raises(AttributeError) as caught:
        loaded.module.g(3)
    assert caught.traceback[-1].frame.code.raw.co_firstlineno == 4
    assert source.fault_in("h") == ("a.py", 9, "invalid syntax")


@pytest.mark.parametrize(
    "source",
    [
        "import nothing_of_this_name as n\ndef f(x: n.Tensor) -> n.Tensor: return 2 * x",
        "from math import nothing as F\nclass D:\n    def g(s, x: F['n']): return 2 * x\nf = D().g",
        "import math\nif math.pi:\n    def f(x: math.Tensor) -> int: return 2 * x",
        "by: nothing.Number = 2\ndef f(x): return by * x",
    ],
)
def test_an_annotation_that_is_not_there_decides_nothing(source: str) -> None:
    """Types of a library that is missing here, or of none, are left unread."""
    assert value(source, 3) == 6


def test_future_annotations_hold_for_what_follows() -> None:
    """Annotations that name nothing are harmless if the learner asked for that."""
    source = (
        "import math\nfrom __future__ import annotations\ndef f(x: Missing) -> Missing: return x"
    )

    assert value(source, 1) == 1


def test_our_own_future_does_not_reach_the_learner() -> None:
    """Without the import, an annotation is evaluated as Python does."""
    loaded = run("def f(x: int): return x")

    assert {"x": int} == loaded.module.f.__annotations__


def test_what_a_notebook_always_has_is_silent() -> None:
    """``display`` is there without an import, and whatever is done with what it returns is fine."""
    source = "def f(x):\n    display(x, display_id=True).update(x)\n    return x"

    assert value(source, 3) == 3


def test_a_number_called_like_the_function_takes_nothing_back() -> None:
    """What cannot be called is not what is graded, if there was a function before."""
    assert value("def f(x): return x\ntotal = 3\nf = total / 2\n", 4) == 4
    assert value("def f(x): return x\ndef two(x): return 2 * x\nf = two\n", 4) == 8


def test_a_module_knows_itself() -> None:
    """What looks up its own module, as pickle does, finds it under its name."""
    source = "import sys\ndef g(): pass\ndef f(): return sys.modules[g.__module__].g is g"

    assert value(source) is True
    assert value("def f(): return __name__") == "submission"


# -- what does not parse ------------------------------------------------------------------------

BROKEN = """\
import math

@staticmethod
def fine(x):
    return math.floor(x)

def f(x):
    return x +* 2

K = = 3
L = 4
def g(x):
    return x + L
"""


def test_a_syntax_error_costs_only_its_block() -> None:
    """Of a file that does not parse, every definition and statement that does is used."""
    source = Source.read([("a.py", 1, BROKEN)])

    assert source.names() == ["fine", "g"]
    assert load(source, "g").module.g(1) == 5
    assert isinstance(vars(load(source, "fine").module)["fine"], staticmethod)


def test_the_place_of_a_syntax_error_is_that_in_the_file() -> None:
    """The learner is told file, line and reason."""
    source = Source.read([("a.py", 11, BROKEN)])

    assert source.fault_in("f") == ("a.py", 18, "invalid syntax")
    assert source.fault_in("K") == ("a.py", 20, "invalid syntax")
    assert source.fault_in("g") is None


def test_decorators_stay_with_what_they_decorate() -> None:
    """Cutting a broken file up does not tear a decorator off."""
    text = "calls = []\n@calls.append\n@print(\n    end=''\n)\ndef f(): pass\n\ndef g(:\n"
    source = Source.read([("a.py", 1, text)])

    assert [len(getattr(s.node, "decorator_list", ())) for s in source.statements] == [0, 2]


@pytest.mark.parametrize(
    "text", ["\0", "x = '" + "(" * 3000, "(" * 3000, "x = " + "-" * 5000 + "1", "  indented\n", "@"]
)
def test_text_that_no_parser_likes_is_only_broken(text: str) -> None:
    """Null bytes and bottomless nesting cost the piece they stand in, at most."""
    source = Source.read([("a.py", 1, text), ("b.py", 1, "def f(): return 1")])

    assert load(source, "f").module.f() == 1


def test_an_error_that_only_the_compiler_sees_is_noted() -> None:
    """`return` outside of a function parses but does not compile."""
    loaded = run("K = 1\nif K: f = 2; return")

    assert [type(error) for _, error in loaded.failures] == [SyntaxError]


def test_tracebacks_quote_the_learners_lines() -> None:
    """Pieces of one file are put together again at their lines."""
    import linecache

    Source.read([("b.py", 2, "x = 1\ny = 2"), ("b.py", 6, "z = 3")])

    Source.read([("c.py", 1, "s = 'a\u2028b\x0cc'\nt = 1")])

    assert linecache.getline("c.py", 2) == "t = 1"
    assert [linecache.getline("b.py", n) for n in (1, 2, 3, 6)] == [
        "\n",
        "x = 1\n",
        "y = 2",
        "z = 3",
    ]
