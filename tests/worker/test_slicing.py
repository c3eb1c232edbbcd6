"""Which statements a graded name needs."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from grader.worker.slicing import describe, environment, needed


def kept(source: str, wanted: str = "f") -> list[str]:
    """Return the first lines of the statements that *wanted* needs."""
    statements = [describe(node, 0) for node in ast.parse(dedent(source)).body]
    return [ast.unparse(s.node).splitlines()[0] for s in needed(statements, wanted)]


def test_what_is_used_transitively_is_kept() -> None:
    """Imports, constants and helpers come along, by way of other helpers too."""
    source = """
        import numpy as np
        import matplotlib.pyplot as plt
        EPS = 1e-8
        UNUSED = 3
        def clip(x): return np.maximum(x, EPS)
        def helper(x): return clip(x)
        def other(x): return plt.plot(x)
        def f(x): return helper(x)
    """

    assert kept(source) == [
        "import numpy as np",
        "EPS = 1e-08",
        "def clip(x):",
        "def helper(x):",
        "def f(x):",
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "for epoch in range(10**9): f(epoch)",
        "while True: pass",
        "print(f(3))",
        "plt.plot(f(3))",
        "with open('data') as file: text = file.read()",
        "loss = f(3)",
        "assert f(1) == 1",
        "exit()",
        "1 / 0",
    ],
)
def test_training_plots_and_experiments_are_left_out(cell: str) -> None:
    """What only uses the graded function is not run."""
    assert kept(f"import plt\ndef f(x): return x\n{cell}\n") == ["def f(x):"]


@pytest.mark.parametrize(
    "line",
    [
        "sys.path.append('lib')",
        "sys.path[:0] = ['lib']",
        "sys.path += ['lib']",
        "os.environ['KERAS_BACKEND'] = 'torch'",
        "os.environ.setdefault('KERAS_BACKEND', 'torch')",
        "environ['A'] += 'b'",
        "if 'A' not in os.environ: os.environ['A'] = 'b'",
    ],
)
def test_what_imports_read_is_set(line: str) -> None:
    """Where modules lie, and the environment, unless it takes more than imports to know it."""
    imports = ["import sys", "import os", "from os import environ"]

    found = kept("\n".join([*imports, line, "import tools", "def f(x): return tools.g(x)"]))

    assert line.partition(":")[0] in [one.partition(":")[0] for one in found]
    unknown = "os.environ['A'] = download()"
    assert unknown not in kept(f"import os\n{unknown}\ndef f(x): return x")


def test_the_environment_that_is_fixed_is_known() -> None:
    """So that it can be set before libraries are imported beforehand."""
    tree = ast.parse("os.environ['A'] = 'b'\nos.environ['C'] = d\ntable['E'] = 'f'")

    assert list(environment(tree.body)) == [("A", "b")]


def test_a_starter_takes_nothing_back() -> None:
    """An empty function below a written one is left out; alone, it is what there is."""
    starter = "def f(x):\n    '''Twice x.'''\n    raise NotImplementedError('f')\n"

    assert kept(f"def f(x): return 2 * x\n{starter}") == ["def f(x):"]
    assert kept(starter) == ["def f(x):"]
    assert len(kept(f"{starter}{starter}def f(x): return x\n")) == 1
    assert len(kept("def f(x):\n    if x: raise NotImplementedError\ndef f(x): return x")) == 2


@pytest.mark.parametrize("trial", ["f = f(train())", "f: int = f(train())", "f += f(train())"])
def test_a_try_called_like_the_function_is_left_out(trial: str) -> None:
    """``accuracy = accuracy(net)`` uses the function; nothing that it needs is run for it."""
    source = f"def train():\n    while True: pass\ndef f(x): return x\n{trial}\n"

    assert kept(source) == ["def f(x):"]
    assert kept(source + "def g(): return f(1)", "g")[-2:] == [
        ast.unparse(ast.parse(trial)),
        "def g():",
    ]


def test_every_definition_of_a_name_is_kept() -> None:
    """A redefinition stands after what it replaces, so that the last one wins."""
    assert kept("def f(): return 1\nf = decorate(f)\ndef decorate(g): return g") == [
        "def f():",
        "f = decorate(f)",
        "def decorate(g):",
    ]


@pytest.mark.parametrize(
    "change",
    [
        "table[0] = 1",
        "table[0] += 1",
        "table.append(1)",
        "table.rows[0].name = 1",
        "setattr(table, 'x', 1)",
        "del table[0]",
        "(table[0], other) = (1, 2)",
        "if DEBUG: table[0] = 1",
        "try: table.append(1)\nexcept ValueError: pass",
        "for word in 'ab': table[word] = len(table)",
        "for word in 'ab': table.append(word)",
        "with lock:\n for word in 'ab': table.setdefault(word, 0)",
    ],
)
def test_a_statement_that_changes_a_needed_object_is_kept(change: str) -> None:
    """A table that the function reads is filled as the learner filled it."""
    source = f"table = make()\n{change}\ndef f(x): return table[x]\n"

    assert len(kept(source)) == len(ast.parse(source).body)


@pytest.mark.parametrize(
    "work", ["for x in data: net.train()", "while True: net.step()", "for x in data: log.append(x)"]
)
def test_a_loop_that_works_with_a_needed_object_is_left_out(work: str) -> None:
    """Training the network that a function reads is not filling it."""
    source = f"net = make()\n{work}\ndef f(x): return net(x)\n"

    assert kept(source) == ["net = make()", "def f(x):"]


def test_calls_on_imported_modules_are_not_changes() -> None:
    """Seeding, plotting and path fiddling are left out."""
    source = "import torch\ntorch.manual_seed(0)\ntorch.x.y = 1\ndef f(x): return torch.exp(x)"

    assert kept(source) == ["import torch", "def f(x):"]


def test_methods_added_from_outside_belong_to_their_class() -> None:
    """`@add_to_class(Cls)` and `Cls.method = ...` come with the class."""
    source = """
        def add_to_class(cls): return lambda g: setattr(cls, g.__name__, g)
        class Net: pass
        @add_to_class(Net)
        def forward(self, x): return helper(x)
        def helper(x): return x
        Net.backward = lambda self: rate
        rate = 3
        @add_to_class(Other)
        def unrelated(self): pass
    """

    assert kept(source, "Net") == [
        "def add_to_class(cls):",
        "class Net:",
        "@add_to_class(Net)",
        "def helper(x):",
        "Net.backward = lambda self: rate",
        "rate = 3",
    ]


@pytest.mark.parametrize(
    "binding",
    [
        "a, b = 1, 2",
        "[c, (b, *d)] = g",
        "a = b = 1",
        "b: int = 1",
        "if (b := 3): pass",
        "c = [b := 1 for _ in 'x']",
        "if cuda: b = 1\nelse: b = 2",
        "try:\n import b\nexcept ImportError:\n b = None",
        "try: pass\nexcept ValueError: b = 1",
        "import b",
        "import a as b",
        "import b.c",
        "from a import c as b",
        "for b in range(3): pass",
        "for a in range(3):\n if a: b = a",
        "with open('x') as b: pass",
        "while True:\n b = 1\n break",
        "async def b(): pass",
        "class b: pass",
        "match x:\n case {'k': b}: pass",
        "match x:\n case [*b]: pass",
        "match x:\n case {**b}: pass",
        "def make():\n global b\n b = 1\nmake()",
    ],
)
def test_every_way_to_bind_a_name_is_seen(binding: str) -> None:
    """A name that the function reads is bound however Python lets a learner bind it."""
    source = f"{binding}\ndef f(x): return b\n"

    assert len(kept(source)) == len(ast.parse(source).body)


@pytest.mark.parametrize(
    "statement",
    [
        "a = [b for b in range(3)]",
        "a = {b: 1 for b in range(3)}",
        "a = (lambda b: b)",
        "def g():\n b = 1",
        "class G:\n b = 1",
        "g(b=1)",
        "a.b = 1",
    ],
)
def test_names_of_inner_scopes_bind_nothing(statement: str) -> None:
    """Comprehension variables, locals, class attributes and keywords stay inside."""
    assert kept(f"{statement}\ndef f(x): return b\n") == ["def f(x):"]


def test_a_loop_is_left_out_where_something_simple_binds_the_name() -> None:
    """The loop that overwrites a constant is an experiment."""
    source = "rate = 1\nfor rate in range(10**9): f(rate)\ndef f(x): return rate"

    assert kept(source) == ["rate = 1", "def f(x):"]


def test_a_global_counter_brings_its_first_value_and_no_calls() -> None:
    """A call that only counts up is left out; the counter's own assignment is kept."""
    source = "n = 0\ndef count():\n global n\n n += 1\ncount()\ndef f(x):\n global n\n return n"

    assert kept(source) == ["n = 0", "def f(x):"]


def test_a_loop_over_the_names_of_parameters_is_left_out() -> None:
    """A training loop whose variables are called like the function's parameters is not needed."""
    source = """
        for X, y in data_iter(10**9):
            loss = f(X, y)
        def f(X, y):
            def inner(z): return X + z
            loss = inner(y)
            return [k for k in loss]
        for k, z in []: pass
    """

    assert kept(source) == ["def f(X, y):"]


def test_star_imports_are_always_kept() -> None:
    """What a star import binds cannot be read off it."""
    assert kept("from math import *\nimport os\ndef f(x): return exp(x)") == [
        "from math import *",
        "def f(x):",
    ]


def test_nothing_is_needed_for_a_name_that_is_not_there() -> None:
    """An exercise that was not handed in runs nothing."""
    assert kept("import os\ng = 1\nprint(g)", "f") == []


@pytest.mark.parametrize(
    "empty", ["def f(x): pass", "def f(x): ...", "def f(x): return None", "async def f(x): pass"]
)
def test_an_empty_function_below_the_work_replaces_nothing(empty: str) -> None:
    """A starter that was left, or pasted again, below."""
    assert kept(f"def f(x): return 2 * x\n{empty}") == ["def f(x):"]


def test_an_empty_class_below_the_work_replaces_nothing() -> None:
    """A class is empty if its methods are."""
    source = "class f:\n    def g(self): return 1\nclass f(nn.Module):\n    def g(self): pass"

    assert kept(source) == ["class f:"]
