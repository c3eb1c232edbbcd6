"""Requests on a learner's module, without a process between."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

import numpy as np
import pytest

from grader.worker.fault import MAX_TEXT, Fault
from grader.worker.module_host import Host
from grader.worker.values import Callback, Held, Parameter
from grader.worker.wire import encode


@pytest.fixture(autouse=True)
def no_trace() -> Iterator[None]:
    """Forget the module that a test loads."""
    yield
    sys.modules.pop("submission", None)


def host_of(source: str, framework: str = "numpy", exercise: str = "f", **options: Any) -> Host:
    """Return a host in which a check of *exercise* has begun."""
    host = Host([("a.py", 1, dedent(source))], framework, **options)
    host.begin(exercise, 1)
    return host


def call(source: str, *args: Any, framework: str = "numpy", **kwargs: Any) -> Any:
    """Return what the learner's ``f`` returns; it must be fit for the wire."""
    answer = host_of(source, framework).call("f", args, kwargs)
    encode(1, "value", answer)
    return answer["value"]


def fault(source: str, *args: Any, framework: str = "numpy") -> Fault:
    """Return the fault of a call; it must be fit for the wire."""
    with pytest.raises(Fault) as caught:
        host_of(source, framework).call("f", args, {})
    encode(1, "fault", caught.value.payload())
    return caught.value


# -- values -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("None", None),
        ("(1, [True, 'a'], {'k': 2.5})", (1, [True, "a"], {"k": 2.5})),
        ("{(1, 'a'): 2, np.int64(3): 4, None: 5}", {(1, "a"): 2, 3: 4, None: 5}),
        ("type('F', (float,), {})(2.5)", 2.5),
        ("type('S', (str,), {'__str__': lambda s: 1})('abc')", "abc"),
        ("type('L', (list,), {})([1, 2])", [1, 2]),
        ("__import__('enum').IntEnum('E', 'A B').B", 2),
        ("__import__('collections').namedtuple('P', 'x y')(1, 2)", (1, 2)),
        ("__import__('collections').OrderedDict(a=1)", {"a": 1}),
    ],
)
def test_plain_values_come_back_as_built_in_ones(expression: str, expected: Any) -> None:
    """Subclasses of built-in types, scalars and containers become the built-in itself."""
    found = call(f"import numpy as np\ndef f(): return {expression}")

    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("expression", "dtype", "values"),
    [
        ("np.float32(1.5)", "float32", 1.5),
        ("np.bool_(True)", "bool", True),
        ("np.arange(3)[::-1]", "int64", [2, 1, 0]),
        ("np.matrix([[1, 2]])", "int64", [[1, 2]]),
        ("np.ma.array([1, 2], mask=[0, 1])", "int64", [1, 2]),
        ("np.ones(2, '>f4')", "float32", [1, 1]),
        ("1 + 2j", "complex128", 1 + 2j),
        ("np.array([1j], 'c8')", "complex64", [1j]),
    ],
)
def test_numbers_of_numpy_come_back_as_arrays(expression: str, dtype: str, values: Any) -> None:
    """Scalars, subclasses, foreign byte orders and complex numbers become plain arrays."""
    found = call(
        "import warnings; warnings.simplefilter('ignore')\nimport numpy as np\n"
        f"def f():\n    with warnings.catch_warnings(action='ignore'): return {expression}"
    )

    assert type(found) is np.ndarray
    assert found.dtype.name == dtype
    assert found.tolist() == values


@pytest.mark.parametrize(
    "expression",
    [
        "np.array(['a'])",
        "np.array([{}])",
        "[[np.array([object()])]]",
        "loop()",
    ],
)
def test_what_cannot_be_judged_is_said_to_be_so(expression: str) -> None:
    """Arrays of objects and bottomless lists are refused with a reason."""
    source = f"""
        import numpy as np
        def loop():
            a = []
            a.append(a)
            return a
        def f(): return {expression}
    """

    assert fault(source).kind == "unsendable"


def test_a_returned_input_is_a_value_and_no_change() -> None:
    """Returning an argument itself is fine."""
    x = np.arange(3.0)
    answer = host_of("def f(x): return x").call("f", [x], {})

    assert answer["value"].tolist() == [0, 1, 2]
    assert answer["after"] == []
    assert answer["value"] is not x


def test_keywords_reach_the_function() -> None:
    """Arguments by keyword arrive by keyword, and their changes are counted after the others."""
    host = host_of("def f(x, *, w, n=1):\n    w *= n\n    return x")
    answer = host.call("f", [np.ones(1)], {"n": 3, "w": np.ones(2)})

    assert [(i, a.tolist()) for i, a in answer["after"]] == [(1, [3, 3])]


@pytest.mark.parametrize(
    "change",
    [
        "x += 1",
        "x[:] = 2",
        "x.reshape(-1)[0] = 5",
        "x.T[0] = 5",
        "np.add(x, 1, out=x)",
        "x.fill(np.nan)",
    ],
)
def test_changes_in_place_come_back(change: str) -> None:
    """Whatever changes an argument's memory is seen, through views too."""
    x = np.zeros((2, 2))
    answer = host_of(f"import numpy as np\ndef f(x):\n    {change}").call("f", [x], {})

    assert [index for index, _ in answer["after"]] == [0]
    assert answer["after"][0][1].tobytes() != x.tobytes()
    assert x.tolist() == [[0, 0], [0, 0]]


def test_writing_what_was_there_is_no_change() -> None:
    """NaN over NaN changes nothing."""
    assert host_of("def f(x): x[:] = x").call("f", [np.full(2, np.nan)], {})["after"] == []


def test_changes_inside_containers_are_numbered_depth_first() -> None:
    """Arrays in lists, dicts and parameters are counted in order."""
    host = host_of("def f(params, state):\n    params[1] += 1\n    state['m'] += 1")
    arguments = [[np.zeros(1), np.zeros(1)], {"v": np.zeros(1), "m": Parameter(np.zeros(1))}]

    assert [index for index, _ in host.call("f", arguments, {})["after"]] == [1, 3]


# -- objects ------------------------------------------------------------------------------------

NET = """
    class f:
        rate = 3
        def __init__(self, n): self.n = n
        def __call__(self, x): return self.n * x
        def grow(self, by=1): self.n += by
        def parameters(self): return []
        @property
        def broken(self): raise ValueError("no")
"""


def test_objects_stay_and_answer_by_number() -> None:
    """An object is held; it is called, has methods and attributes, and keeps its state."""
    host = host_of(NET)
    net = host.call("f", [2], {})["value"]
    host.call_held(net.id, "grow", [], {"by": 3})

    assert (net.type, net.iterable) == ("f", False)
    assert host.call_held(net.id, "", [np.ones(1)], {})["value"].tolist() == [5]
    assert host.get_held(net.id, "rate")["value"] == 3


@pytest.mark.parametrize("name", ["<b>", "a b", "x\\nimport os", "1", ""])
def test_a_type_is_called_by_a_name_or_not_at_all(name):
    """What is no identifier could be markup in a hint, or code in a replay."""
    host = host_of(f"def f(): return type('{name}', (), {{}})()")

    assert host.call("f", [], {})["value"].type == "object"


def test_a_held_object_can_be_an_argument() -> None:
    """Objects go back into the learner's functions as themselves."""
    host = host_of("class Net: pass\ndef f(n=None): return type(n).__name__ if n else Net()")
    net = host.call("f", [], {})["value"]

    assert host.call("f", [net], {})["value"] == "Net"


def test_objects_that_are_not_there_are_faults() -> None:
    """A number that was never given, or of the check before, names nothing."""
    host = host_of(NET)
    net = host.call("f", [1], {})["value"]
    host.begin("f", 2)

    for id in (net.id, 999, -1):
        with pytest.raises(Fault, match="gone"):
            host.call_held(id, "", [], {})
        with pytest.raises(Fault, match="gone"):
            host.call("f", [Held(id, "f", False)], {})


@pytest.mark.parametrize(
    "source",
    [
        "class X:\n @property\n def __class__(self): raise ValueError\ndef f(): return X()",
        "class X(list):\n def __len__(self): raise ValueError\ndef f(): return X([1])",
        "class X(list):\n def __iter__(self): raise ValueError\ndef f(): return X([1])",
        "class X(dict):\n def items(self): raise ValueError\ndef f(): return X(a=1)",
        "class X(float):\n def __float__(self): raise ValueError\ndef f(): return X(1)",
        "class X:\n def __repr__(self): raise ValueError\ndef f(): return {X(): 1}",
    ],
)
def test_a_value_that_raises_when_looked_at_is_a_fault(source: str) -> None:
    """Looking at a value runs the learner's code, which may raise."""
    assert fault(source).type == "ValueError"


def test_a_property_that_raises_is_a_fault() -> None:
    """Reading an attribute runs the learner's code, which may raise."""
    host = host_of(NET)
    net = host.call("f", [1], {})["value"]

    for attribute in ("broken", "missing"):
        with pytest.raises(Fault):
            host.get_held(net.id, attribute)


def test_a_generator_is_taken_from_in_pieces() -> None:
    """Items come in the numbers asked for; fewer mean the end."""
    host = host_of("def f(): yield from range(5)")
    id = host.iterate(host.call("f", [], {})["value"].id)["value"].id

    taken = [host.take(id, 2)["value"] for _ in range(4)]

    assert taken == [[0, 1], [2, 3], [4], []]


def test_a_loader_can_be_gone_through_twice() -> None:
    """An iterable starts anew for every loop, as in Python, and stays what it is."""
    host = host_of(
        "class f:\n def __iter__(self): return iter([1, 2])\n def __call__(self): return 3"
    )
    loader = host.call("f", [], {})["value"]
    first, second = (host.iterate(loader.id)["value"].id for _ in range(2))

    assert host.take(first, 9)["value"] == [1, 2]
    assert host.take(second, 9)["value"] == [1, 2]
    assert host.call_held(loader.id, "", [], {})["value"] == 3


def test_a_generator_that_fills_one_array_gives_each_filling() -> None:
    """Items are copied as they come."""
    host = host_of(
        "import numpy as np\ndef f():\n    x = np.zeros(1)\n    for i in range(3):\n"
        "        x += 1\n        yield x, [x]"
    )
    id = host.iterate(host.call("f", [], {})["value"].id)["value"].id

    assert [item[0].tolist() for item in host.take(id, 9)["value"]] == [[1], [2], [3]]


def test_a_flood_of_objects_is_refused() -> None:
    """There is a cap on objects that are held."""
    assert fault("def f(): return [object() for _ in range(20_000)]").kind == "unsendable"


# -- callbacks ----------------------------------------------------------------------------------


def test_a_function_of_the_grader_is_called_back() -> None:
    """By plain call for a function, by number for a marker; arrays both ways."""
    source = "def f(g, x): return (g(x + 1) - g(x - 1)) / 2"
    reached: list[Any] = []

    def call_back(callback: Callback, args: list[Any]) -> Any:
        reached.append((callback.id, args[0].tolist()))
        return np.float64((args[0] ** 2).sum())

    plain = host_of(source).call("f", [lambda x: (x**2).sum(), np.array([3.0])], {})
    remote = host_of(source, call_back=call_back).call("f", [Callback(4), np.array([3.0])], {})

    assert float(plain["value"]) == float(remote["value"]) == 6.0
    assert reached == [(4, [4.0]), (4, [2.0])]


def test_a_callback_that_raises_is_the_learners_to_answer_for() -> None:
    """What a callback raises goes through the learner's code, which may catch it."""

    def g(x: Any) -> Any:
        raise ZeroDivisionError("no")

    caught = host_of("def f(g):\n    try: g(1)\n    except ZeroDivisionError: return 7")

    assert caught.call("f", [g], {})["value"] == 7
    with pytest.raises(Fault) as fault:
        host_of("def f(g): return g(1)").call("f", [g], {})
    assert (fault.value.kind, fault.value.type) == ("raised", "ZeroDivisionError")


# -- faults -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error", ["SystemExit(1)", "GeneratorExit()", "Odd('x')", "RecursionError()", "Unprintable()"]
)
def test_every_exception_is_a_fault(error: str) -> None:
    """Exceptions that are no Exception, or cannot be printed, stop only the call."""
    source = f"""
        class Odd(BaseException): pass
        class Unprintable(Exception):
            def __str__(self): raise Odd
        def f(): raise {error}
    """
    found = fault(source)

    assert found.kind == "raised"
    assert found.type == error.partition("(")[0]
    assert found.where == [("a.py", 5, "f", f"def f(): raise {error}")]


def test_a_huge_message_is_cut() -> None:
    """A message of megabytes is not sent."""
    assert len(fault("def f(): raise ValueError('x' * 10**7)").message) == MAX_TEXT


def test_bottomless_recursion_names_the_line() -> None:
    """The places of an endless recursion are few."""
    found = fault("def f(): return f()")

    assert found.type == "RecursionError"
    assert 1 <= len(found.where) <= 3


def test_the_starter_is_known_by_its_exception() -> None:
    """NotImplementedError means that nothing was written yet."""
    assert fault("def f(): raise NotImplementedError").kind == "unwritten"


def test_what_a_library_cannot_do_is_no_unwritten_function():
    """A module without ``forward``: PyTorch says NotImplementedError, and why."""
    found = fault("import torch\nclass Net(torch.nn.Module): pass\ndef f(): return Net()(1)")

    assert ("raised", "NotImplementedError") == (found.kind, found.type)
    assert 'missing the required "forward" function' in found.message
    assert 3 == found.where[-1][1]


def test_a_missing_function_names_what_was_found() -> None:
    """A learner who misspelt a name sees the names that are there."""
    found = fault("def g(): pass\nclass H: pass")

    assert (found.kind, found.message) == ("missing", "g, H")


def test_a_definition_that_failed_says_why() -> None:
    """What a needed statement raised is told in place of the missing name."""
    found = fault("f = undefined_decorator(lambda: 1)")

    assert (found.kind, found.type) == ("load", "NameError")
    assert found.where[0][:2] == ("a.py", 1)


def test_a_name_that_an_earlier_statement_failed_to_bind_says_why() -> None:
    """A NameError inside the function is explained by what went wrong before."""
    found = fault("import nothing_of_this_name as lib\ndef f(): return lib.x")

    assert found.type == "NameError"
    assert "ModuleNotFoundError" in found.message


def test_a_syntax_error_has_its_place() -> None:
    """Whether the parser or the compiler sees it."""
    parsed = fault("x = 1\ndef f():\n    return +* 1\n")
    compiled = fault("x = 1\nif x:\n    f = 1\n    return\n")

    assert (parsed.kind, parsed.where[0][:2]) == ("syntax", ("a.py", 3))
    assert (compiled.type, compiled.where[0][:2]) == ("SyntaxError", ("a.py", 4))


def test_a_name_that_is_no_function_is_a_fault() -> None:
    """A number where a function is due."""
    assert fault("f = 3").type == "TypeError"


# -- checks -------------------------------------------------------------------------------------


def test_a_check_sees_the_same_random_numbers_first_or_last() -> None:
    """Numbers drawn while loading do not shift those of a check."""
    host = host_of("import random\nW = random.random()\ndef f(): return random.random(), W")
    first = host.call("f", [], {})["value"]
    host.begin("f", 1)

    assert host.call("f", [], {})["value"] == first


def test_many_calls_give_many_answers() -> None:
    """Each argument list is a call of its own."""
    answers = host_of("def f(x, y): return x - y").call_many("f", [[3, 1], [1, 1]])

    assert [answer["value"] for answer in answers] == [2, 0]


def test_a_live_namespace_is_looked_up_when_it_is_asked() -> None:
    """In a notebook, a cell that was run again counts."""
    namespace: dict[str, Any] = {"f": lambda: 1}
    host = Host.of_namespace(namespace, "numpy")
    host.begin("f", 1)
    namespace["f"] = lambda: 2

    assert host.call("f", [], {})["value"] == 2


def test_an_interrupt_in_a_notebook_stays_an_interrupt() -> None:
    """Stopping a cell stops the check, too."""

    def f() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Host.of_namespace({"f": f}, "numpy").call("f", [], {})


# -- PyTorch ------------------------------------------------------------------------------------


@pytest.fixture
def torch() -> Any:
    """Return PyTorch."""
    return pytest.importorskip("torch", reason="PyTorch is not installed")


def test_tensors_are_changed_through_views(torch: Any) -> None:
    """In-place changes of parameters under no_grad come back."""
    host = host_of(
        "import torch\n@torch.no_grad()\ndef f(params, x):\n"
        "    for p in params: p.view(-1)[0] -= x.sum()",
        "torch",
    )
    answer = host.call("f", [[Parameter(np.zeros(2, "f4"))], np.ones(3, "f4")], {})

    assert [(i, a.tolist(), a.dtype.name) for i, a in answer["after"]] == [(0, [-3, 0], "float32")]


def test_a_block_is_held_called_and_has_parameters(torch: Any) -> None:
    """A network stays in the worker, its parameters come out as arrays."""
    host = host_of(
        "import torch\nimport torch.nn as nn\nclass f(nn.Module):\n    def __init__(self):\n"
        "        super().__init__(); self.w = nn.Parameter(2 * torch.ones(2))\n"
        "    def forward(self, x): return self.w * x",
        "torch",
    )
    net = host.call("f", [], {})["value"]

    assert host.call_held(net.id, "", [np.ones(2, "f4")], {})["value"].tolist() == [2, 2]
    assert [p.tolist() for p in host.parameters(net.id)["value"]] == [[2, 2]]
    assert isinstance(host.get_held(net.id, "training")["value"], bool)


def test_the_gradient_is_autograds(torch: Any) -> None:
    """A PyTorch submission is differentiated by PyTorch."""
    host = host_of("def f(x): return x.exp()", "torch")
    found = host.vjp("f", [np.array([0.0, 1.0], "f4")], np.array([1.0, 10.0], "f4"))

    np.testing.assert_allclose(found["value"][0], [1, 10 * math.e], rtol=1e-6)


def test_a_result_cut_off_from_autograd_is_a_fault(torch: Any) -> None:
    """A function that leaves PyTorch has no gradient."""
    host = host_of("def f(x): return x.detach()", "torch")

    with pytest.raises(Fault, match="grad"):
        host.vjp("f", [np.ones(2, "f4")], np.ones(2, "f4"))


def test_a_helper_that_does_not_parse_is_named_where_it_is_missed() -> None:
    """A NameError for a function whose code is broken says where it is broken."""
    text = "def helper(x):\n    return (x\n\n\ndef f(x):\n    return helper(x)\n"
    made = Host([("a.py", 1, text)], "numpy")
    made.begin("f", 1)

    with pytest.raises(Fault, match=r"'helper' is not defined \(a\.py, line 2 is not valid Python"):
        made.call("f", [1.0], {})
