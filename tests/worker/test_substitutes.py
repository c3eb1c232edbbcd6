"""Correct functions in place of a learner's, as their code calls them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from grader.worker.fault import Fault
from grader.worker.module_host import Host
from grader.worker.substitutes import ARGUMENTS, CHANGES, GRADIENTS
from grader.worker.values import Array, Callback, leaves

DOUBLE = "def double(values, factor=3):\n    return values\n"


class Grader:
    """Answers as the grader would: doubles, and changes its first argument in place if asked to."""

    def __init__(self, in_place: bool = False) -> None:
        self.in_place = in_place
        self.asked: list[list[Any]] = []

    def __call__(self, callback: Callback, request: list[Any]) -> Any:
        """Answer one request."""
        assert callback == Callback(4)
        self.asked.append(request)
        match request:
            case "call", [first, *_rest], {}:
                doubled = 2 * leaves([first])[0]
                changed = [[0, doubled]] if self.in_place else []
                return {"value": None if self.in_place else doubled, "after": changed}
            case "vjp", [_x, *rest], cotangent:
                return [2 * cotangent, *(None for _ in rest)]
        return None

    @property
    def reasons(self) -> list[str]:
        """Why it could not answer."""
        return [request[1] for request in self.asked if request[0] == "cannot"]


def host_of(code: str, grader: Grader, framework: str = "numpy") -> Host:
    """Return a module in which ``double`` is replaced."""
    pytest.importorskip(framework)
    host = Host(
        [("mine.py", 1, DOUBLE + code)],
        framework,
        call_back=grader,
        substitutes={"double": Callback(4)},
    )
    host.begin("user", 0)
    return host


def call(host: Host, *args: Any) -> Any:
    """Call ``user``; return the answer."""
    return host.call("user", args, {})


X = np.array([1.0, -2.0, 3.0])


@pytest.mark.parametrize("framework", ["numpy", "torch"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_answers_come_in_the_framework_and_dtype(framework: str, dtype: str) -> None:
    """The learner's code goes on with arrays of its own framework."""
    host = host_of("def user(x):\n    return double(x).reshape((3, 1)) + 1\n", Grader(), framework)
    value: Array = call(host, X.astype(dtype))["value"]

    assert value.dtype == dtype
    np.testing.assert_array_equal(value[:, 0], 2 * X + 1)


@pytest.mark.parametrize("framework", ["numpy", "torch"])
def test_changes_in_place_arrive(framework: str) -> None:
    """What the correct function changes is changed in the caller's own array."""
    host = host_of("def user(x):\n    double(x)\n    return x + 1\n", Grader(True), framework)
    answer = call(host, X)

    np.testing.assert_array_equal(answer["value"], 2 * X + 1)
    np.testing.assert_array_equal(answer["after"][0][1], 2 * X)


@pytest.mark.parametrize(
    ("own", "found"),
    [
        ("from collections import Counter\n\ndef counts(x):\n    return Counter(x[1:])\n", 0),
        ("import collections\n\ndef counts(x):\n    return collections.defaultdict(int)\n", 0),
        ("def counts(x):\n    return {}\n", "KeyError"),
    ],
)
def test_a_mapping_counts_what_is_missing_as_the_own_one_does(own: str, found: object) -> None:
    """Whoever writes counts that are 0 by themselves goes on relying on that."""
    code = (
        "def user(x):\n    counted = counts(x)\n    try:\n"
        "        return [counted['a'], counted['never']]\n"
        "    except KeyError:\n        return 'KeyError'\n"
    )
    host = Host(
        [("mine.py", 1, own + code)],
        "numpy",
        call_back=lambda _callback, _request: {"value": {"a": 2}, "after": []},
        substitutes={"counts": Callback(4)},
    )
    host.begin("user", 0)

    assert call(host, ["a", "b"])["value"] == ([2, 0] if found == 0 else found)


def test_trainable_tensors_change_unrecorded() -> None:
    """A step of an optimizer is not differentiated."""
    code = (
        "def user(x):\n    w = x.clone().requires_grad_()\n    double([w])\n"
        "    (w * w).sum().backward()\n    return w.grad\n"
    )
    grader = Grader(True)

    np.testing.assert_array_equal(call(host_of(code, grader, "torch"), X)["value"], 4 * X)


def test_gradients_go_through() -> None:
    """PyTorch differentiates the correct function by asking the grader."""
    host = host_of("def user(x):\n    return double(x) * x\n", Grader(), "torch")
    gradient = host.vjp("user", [X], np.ones(3))["value"][0]

    np.testing.assert_array_equal(gradient, 4 * X)


def test_finite_differences_go_through() -> None:
    """NumPy's gradients are differences of correct answers."""
    host = host_of("def user(x):\n    return double(x) * x\n", Grader())

    np.testing.assert_allclose(host.vjp("user", [X], np.ones(3))["value"][0], 4 * X)


def test_arguments_are_passed_by_place() -> None:
    """The learner's names of arguments need not be those of the reference."""
    grader = Grader()
    call(host_of("def user(x):\n    return double(factor=5, values=x)\n", grader), X)

    what, args, kwargs = grader.asked[0]
    assert (what, args[1], kwargs) == ("call", 5, {})


UNANSWERED = {
    "a function": ("numpy", "double(x, len)", ARGUMENTS),
    "an object": ("numpy", "double(object())", ARGUMENTS),
    "gradients of what is inside a list": (
        "torch",
        "double([x.clone().requires_grad_()])",
        GRADIENTS,
    ),
}


@pytest.mark.parametrize(("framework", "expression", "reason"), UNANSWERED.values(), ids=UNANSWERED)
def test_what_cannot_be_answered_is_told(framework: str, expression: str, reason: str) -> None:
    """The grader learns why, and the call fails."""
    grader = Grader()
    host = host_of(f"def user(x):\n    return {expression}\n", grader, framework)
    with pytest.raises(Fault):
        call(host, X)

    assert grader.reasons == [reason]


def test_read_only_arrays_cannot_be_changed() -> None:
    """What the learner's code has made read-only stays so."""
    code = "def user(x):\n    x.flags.writeable = False\n    double(x)\n"
    grader = Grader(True)
    with pytest.raises(Fault):
        call(host_of(code, grader), X)

    assert grader.reasons == [CHANGES]


@pytest.mark.parametrize(
    "code",
    [
        "twice = double\ndef user(x):\n    return twice(x)\n",
        "TABLE = {'double': double}\ndef user(x):\n    return TABLE['double'](x)\n",
        "def user(x, f=double):\n    return f(x)\n",
        "double = __import__('functools').partial(double)\ndef user(x):\n    return double(x)\n",
        "try:\n    import nothing\nexcept ImportError:\n    def double(x):\n        return x\n"
        "def user(x):\n    return double(x)\n",
        "class Net:\n    def go(self, x):\n        return double(x)\ndef user(x):\n"
        "    return Net().go(x)\n",
    ],
)
def test_every_way_to_reach_it_is_replaced(code: str) -> None:
    """However the learner's code comes by the function, it is the correct one."""
    np.testing.assert_array_equal(call(host_of(code, Grader()), X)["value"], 2 * X)


def test_without_substitutes_nothing_changes() -> None:
    """The learner's own function is called."""
    host = Host([("mine.py", 1, DOUBLE)], "numpy")
    host.begin("double", 0)
    found: Sequence[float] = host.call("double", [X], {})["value"]

    np.testing.assert_array_equal(found, X)
