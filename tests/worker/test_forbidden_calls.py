"""Watching a run for what is forbidden."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from textwrap import dedent
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.sandbox.families import FAMILIES
from grader.worker.dotted_names import Names
from grader.worker.fault import Fault
from grader.worker.forbidden_calls import Watch
from grader.worker.module_host import Host
from grader.worker.watched_operators import OperatorWatch

torch: Any = pytest.importorskip("torch")

SOFTMAX = ("torch.*softmax", "torch.nn.Softmax", "toolbox.softmax", "toolbox.Softmax")
GRADIENTS = ("torch.autograd.grad", "torch.Tensor.backward", "torch.func.grad")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Undo what a watch does to this process."""
    finders = list(sys.meta_path)
    watched = {name.rpartition(".")[0] for names in FAMILIES.values() for name in names}
    modules = [sys.modules[name] for name in sorted(watched) if name in sys.modules]
    functions = {m: dict(vars(m)) for m in modules}
    members = [member for there in functions.values() for member in there.values()]
    kinds = {kind: kind.__init__ for kind in members if isinstance(kind, type)}
    yield
    sys.meta_path[:] = finders
    sys.modules.pop("toolbox", None)
    for kind, init in kinds.items():
        if kind.__init__ is not init:
            kind.__init__ = init
    for module, names in functions.items():
        vars(module).update(names)


def seen(text: str, patterns: tuple[str, ...] = SOFTMAX, op: str = "call") -> tuple[str, int]:
    """Return name and line of what is seen when f is called; a name that is empty if nothing."""
    host = Host([("a.py", 1, dedent(text))], "torch", forbidden={"f": patterns})
    host.begin("f", 0)
    x = np.ones((3, 4), "float32")
    try:
        if op == "vjp":
            host.vjp("f", [x], x)
        else:
            answer = host.call("f", [x], {})
            if op == "take":
                host.take(answer["value"].id, 10)
    except Fault as fault:
        if fault.kind != "forbidden":
            raise
        return fault.message, fault.where[0][1]
    return "", 0


USES = {
    "torch.softmax": "return torch.softmax(X, 1)",
    "torch.Tensor.softmax": "return X.softmax(1)",
    "torch.nn.functional.softmax": "return nn.functional.softmax(X, dim=1)",
    "torch.special.softmax": "return torch.special.softmax(X, 1)",
    "torch.nn.Softmax": "return layer(X)",
    "torch.ops.aten._softmax": "return torch.ops.aten._softmax(X, 1, False)",
    "torch.Tensor.log_softmax": "return X.log_softmax(1).exp()",
}


@pytest.mark.parametrize("name", USES)
def test_a_function_of_pytorch_is_seen_however_it_is_called(name: str) -> None:
    """Functions, methods, layers made earlier and operators are seen, with name and line."""
    header = "import torch\nfrom torch import nn\nlayer = nn.Softmax(dim=1)\n"

    assert (name, 5) == seen(header + f"def f(X):\n    {USES[name]}\n")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("torch.Tensor.backward", "(X.requires_grad_() ** 2).sum().backward()"),
        ("torch.autograd.grad", "torch.autograd.grad((X.requires_grad_() ** 2).sum(), X)"),
        ("torch.func.grad", "torch.func.grad(lambda Z: (Z ** 2).sum())(X)"),
    ],
)
def test_automatic_differentiation_is_seen(name: str, code: str) -> None:
    """Asking the framework for a gradient is seen."""
    assert (name, 3) == seen(f"import torch\ndef f(X):\n    {code}\n", GRADIENTS)


@pytest.mark.parametrize(
    "code",
    [
        "print(X)",
        "print(f'{X.requires_grad_()}')",
        "str(torch.nn.Linear(2, 2)) + repr(torch.eye(2))",
        "torch.no_grad()(len)(X)",
    ],
)
def test_a_look_at_a_tensor_is_not_seen(code: str) -> None:
    """Printing asks for no gradient, whatever PyTorch does for it; nor does leaving gradients out.

    ``torch.autograd.forward_ad`` imports for itself what ``torch.no_grad`` is made of.
    """
    patterns = tuple(FAMILIES["autograd"])

    assert ("", 0) == seen(
        f"import torch\ndef f(X):\n    {code}\n    return X.detach()\n", patterns
    )


def test_what_the_grader_does_itself_is_not_seen() -> None:
    """The framework's gradient of the learner's function is the check's wish."""
    assert ("", 0) == seen("def f(X):\n    return X * 2\n", GRADIENTS, op="vjp")


HONEST = {
    "a helper of that name": """
        def softmax(X):
            return X.exp() / X.exp().sum(1, keepdim=True)
        def f(X):
            return softmax(X)
        """,
    "what an allowed function does inside": """
        from torch import nn
        def f(X):
            labels = X.new_zeros(len(X)).long()
            nn.functional.cross_entropy(X, labels)
            nn.MultiheadAttention(4, 2)(X, X, X)
            return nn.CrossEntropyLoss()(X, labels)
        """,
    "what an allowed function in Python does inside": """
        import torch
        def f(X):
            return torch.distributions.Categorical(logits=X).sample()
        """,
    "a cell beside it": """
        import torch
        expected = torch.softmax(torch.eye(3), 1)
        def f(X):
            return X * len(expected)
        """,
    "a class of one's own": """
        from torch import nn
        class Softmax(nn.Module):
            def forward(self, X):
                return X.exp() / X.exp().sum(1, keepdim=True)
        def f(X):
            return nn.Sequential(Softmax())(X)
        """,
}


@pytest.mark.parametrize("text", HONEST.values(), ids=HONEST)
def test_honest_code_is_not_accused(text: str) -> None:
    """Only what the learner's own code calls counts."""
    assert ("", 0) == seen(text)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("torch.softmax", "functools.partial(getattr(torch, 'soft' + 'max'), dim=1)"),
        ("torch.nn.Softmax", "getattr(torch.nn, 'Soft' + 'max')(dim=1)"),
    ],
)
def test_a_function_that_only_the_grader_calls_is_seen(name: str, made: str) -> None:
    """No line of the learner's calls it: the exercise *is* the library's function or layer."""
    assert (name, 0) == seen(f"import functools, torch\nf = {made}\n")


def test_layers_in_a_container_are_seen() -> None:
    """The layers of a container are called by the learner's code."""
    text = "from torch import nn\ndef f(X):\n    return nn.Sequential(nn.Softmax(1))(X)\n"

    assert ("torch.nn.Softmax", 3) == seen(text)


_SCRIPT = "def g(X):\\n    return torch.softmax(X, 1)\\n"
#: by family and operator: what stands before f, and what f returns
INSIDE = {
    ("softmax", "softmax"): (f'g = torch.jit.CompilationUnit("{_SCRIPT}").g', "g(X)"),
    ("softmax", "log_softmax"): ("g = torch.vmap(functools.partial(L, dim=0))", "g(X)"),
    ("linear", "linear"): ("", "torch.nn.MultiheadAttention(4, 2)(X, X, X)[0]"),
    ("cross_entropy", "kl_div"): (
        f"g = torch.jit.CompilationUnit('{_SCRIPT.replace('softmax(X, 1)', 'kl_div(X, X)')}').g",
        "g(X)",
    ),
}


@pytest.mark.parametrize(("family", "operator"), INSIDE)
def test_an_operator_is_seen_inside_what_calls_it(family: str, operator: str) -> None:
    """A family forbids what contains it, whatever runs it: a script, a mapped function, a layer."""
    before, result = INSIDE[family, operator]
    header = f"import functools, torch\nL = torch.log_softmax\n{before}\n"

    assert (f"torch.ops.aten.{operator}", 5) == seen(
        f"{header}def f(X):\n    return {result}\n", tuple(FAMILIES[family])
    )


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_scripts_run_as_they_are_written() -> None:
    """A gradient is seen in a script, too; the script of an honest learner works as before."""
    script_of_torch = torch.jit.script
    script = (
        "import torch\n@torch.jit.script\ndef g(X):\n    {}\n    return X\nf = lambda X: g(X)\n"
    )
    asked = script.format("X.requires_grad_(True).sum().backward()")

    assert ("torch.Tensor.backward", 4) == seen(asked, tuple(FAMILIES["autograd"]))
    assert ("", 0) == seen(script.format("X = X * 2"), tuple(FAMILIES["autograd"]))
    assert torch.jit.script is script_of_torch


CLEAN = {
    "a gradient of what is allowed": """
        import torch
        def f(X):
            W = torch.ones(4, 4, requires_grad=True)
            ((X @ W).clamp(min=0).tanh().logsumexp(1)).sum().backward()
            return W.grad
        """,
    "a picture made larger": """
        import torch
        def f(X):
            return torch.nn.functional.interpolate(X[None, None], scale_factor=2, mode="bilinear")
        """,
    "a sparse matrix": """
        import torch
        def f(X):
            return (X.to_sparse_csr() @ X.T).to_dense()
        """,
    "functions mapped and differentiated": """
        import torch
        def f(X):
            return torch.vmap(torch.func.grad(lambda row: (row.exp() / row.exp().sum())[0]))(X)
        """,
    "a derivative forward, for which PyTorch scripts": """
        import torch
        def f(X):
            return torch.func.jvp(lambda Z: (Z ** 2).sum(0), (X,), (X,))[1]
        """,
    "random numbers": """
        import torch
        def f(X):
            mask = (torch.rand(X.shape) > 0.5).float()
            order = torch.randperm(len(X))
            return X[order] * mask + torch.distributions.Normal(0.0, 1.0).sample(X.shape)
        """,
}


@pytest.mark.filterwarnings("ignore:Sparse CSR tensor support", "ignore:.torch.jit.script")
@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN)
def test_operators_of_allowed_functions_are_not_taken_for_others(text: str) -> None:
    """None of the families but automatic differentiation has anything to say about these."""
    names = {n for family in FAMILIES for n in FAMILIES[family] if family != "autograd"}

    assert ("", 0) == seen(text, tuple(sorted(names)))


def test_the_gradient_that_a_check_asks_for_is_not_the_learners() -> None:
    """An operator that runs backward through an allowed function is the check's wish."""
    text = "import torch\ndef f(X):\n    return torch.relu(X)\n"

    assert ("", 0) == seen(text, tuple(FAMILIES["autograd"]), op="vjp")
    assert ("torch.relu", 3) == seen(text, tuple(FAMILIES["relu"]), op="vjp")


def test_watching_an_operator_changes_no_result() -> None:
    """Values, gradients, memory and errors are as before."""
    watch = OperatorWatch(lambda name: "relu" in name or "softmax" in name, lambda name: None)
    x = torch.randn(3, 4, requires_grad=True)
    plain = torch.autograd.grad((torch.relu(x).softmax(1) ** 2).sum(), x)[0]
    with watch:
        watched = torch.autograd.grad((torch.relu(x).softmax(1) ** 2).sum(), x)[0]
        leaf = torch.ones(2)
        assert torch.relu_(leaf) is leaf
        with pytest.raises(IndexError, match="Dimension out of range"):
            torch.softmax(leaf, 7)

    assert torch.equal(plain, watched)


def test_a_generator_is_watched_while_items_are_taken() -> None:
    """What happens between two items is the learner's doing, too."""
    text = "import torch\ndef f(X):\n    for row in X:\n        yield torch.softmax(row, 0)\n"

    assert ("torch.softmax", 4) == seen(text, op="take")


def test_a_library_imported_later_is_watched(monkeypatch: Any, tmp_path: Any) -> None:
    """Functions and classes of a library are seen although it is imported by the learner."""
    library = "def softmax(X):\n    return X\nclass Softmax:\n    pass\n"
    (tmp_path / "toolbox.py").write_text(library)
    monkeypatch.syspath_prepend(tmp_path)
    called = "def f(X):\n    from toolbox import softmax\n    return softmax(X)\n"
    made = "import toolbox\ndef f(X):\n    toolbox.Softmax()\n    return X\n"

    assert ("toolbox.softmax", 3) == seen(called)
    sys.modules.pop("toolbox")
    assert ("toolbox.Softmax", 3) == seen(made)


def test_a_watched_function_is_what_it_was() -> None:
    """Results, name and attributes of a function are as before; compiled ones stay themselves."""
    before, maximum = np.convolve, np.maximum
    Watch({"f": ["numpy.convolve", "numpy.maximum"]}, [])

    assert before(np.ones(2), np.ones(2)).tolist() == np.convolve([1, 1], [1, 1]).tolist()
    assert before.__name__ == np.convolve.__name__
    assert maximum is np.maximum


def test_a_class_stays_the_same_class() -> None:
    """Objects of a watched class are objects of that class, subclasses included."""
    kind = torch.nn.Softmax
    Watch({"f": ["torch.nn.Softmax"]}, [])

    assert kind is torch.nn.Softmax
    assert isinstance(type("Own", (kind,), {})(1), kind)


def test_each_exercise_has_its_own_list() -> None:
    """What is forbidden in one exercise may be used in the next."""
    text = "import torch\ndef f(X):\n    return torch.softmax(X, 1)\ng = lambda X: f(X)\n"
    host = Host([("a.py", 1, text)], "torch", forbidden={"f": ["torch.softmax"]})
    x = np.ones((2, 2), "float32")
    host.begin("f", 0)
    with pytest.raises(Fault, match=r"torch\.softmax"):
        host.call("f", [x], {})
    host.begin("g", 0)

    assert 0.5 == host.call("g", [x], {})["value"][0, 0]


def test_names_are_full_or_with_a_star() -> None:
    """A star stands for anything, and nothing else does."""
    names = Names(["torch.softmax", "torch.optim.*"])

    assert ["torch.softmax", "torch.optim.lr.Step"] == [
        n for n in ("torch.softmax", "torch.softmax_", "torch.optim.lr.Step", "optim") if n in names
    ]


def test_nothing_is_watched_without_a_list() -> None:
    """A host without forbidden names leaves every module alone."""
    before = dict(vars(torch.nn)), list(sys.meta_path)
    Host([("a.py", 1, "def f(X):\n    return X\n")], "torch")

    assert before == (dict(vars(torch.nn)), list(sys.meta_path))


@given(st.lists(st.text("ab.*", max_size=6), max_size=3), st.text("ab.", max_size=8))
@settings(derandomize=True)
def test_a_star_stands_for_anything(patterns: list[str], name: str) -> None:
    """Patterns fit what they would fit as names of files."""
    assert (name in Names(patterns)) is any(fnmatchcase(name, pattern) for pattern in patterns)
