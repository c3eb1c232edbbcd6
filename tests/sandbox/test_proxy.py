"""The module that checks see, over a channel that answers, lies, or is real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from grader.errors import Raised, SubmissionError, TimedOut
from grader.sandbox.channel import LocalChannel
from grader.sandbox.proxy import MAX_ITEMS, ModuleProxy, ObjectProxy
from grader.sandbox.zygote import Zygote
from grader.worker.values import Callback, Held, Parameter

Enrol = Callable[..., ModuleProxy]
NET = Held(1, "Net", True)


class Scripted:
    """A channel that gives one answer after another."""

    framework = "numpy"

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Give the next answer; raise it if it is an error."""
        self.asked.append((op, payload))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def value(answer: Any, *after: Any) -> dict[str, Any]:
    """Return an answer as a worker gives it."""
    return {"value": answer, "after": list(after)}


def module(*answers: Any) -> ModuleProxy:
    """Return a module that gives these answers."""
    return ModuleProxy(Scripted(*answers))


def local(**functions: Any) -> ModuleProxy:
    """Return a module of these functions, called here."""
    return ModuleProxy(LocalChannel.of_namespace(functions, "numpy"))


# -- lies -----------------------------------------------------------------------------------------

x4 = np.zeros(4)
LIES: dict[str, Any] = {
    "nothing": None,
    "a number": 3,
    "a list": [1, 2],
    "no changes": {"value": 1},
    "odd keys": {"value": 1, "after": [], (1, 2): 3},
    "changes that are none": value(1) | {"after": None},
    "changes in a dict": value(1) | {"after": {0: x4}},
    "a change without a form": value(1, 3),
    "a change of three parts": value(1, [0, x4, x4]),
    "a change by a string": value(1, ["0", x4]),
    "a change by junk": value(1, ["junk", x4]),
    "a change by nothing": value(1, [None, x4]),
    "a change by a bool": value(1, [False, x4]),
    "a change by an array": value(1, [np.zeros(2), x4]),
    "a change by a float": value(1, [0.0, x4]),
    "a change by a huge number": value(1, [10**30, x4]),
    "a change of the last": value(1, [-1, x4]),
    "a change of what is not there": value(1, [1, x4]),
    "a change to a number": value(1, [0, 3]),
    "a change to an object": value(1, [0, NET]),
    "a change to a parameter": value(1, [0, Parameter(x4)]),
    "a change of shape": value(1, [0, np.zeros(5)]),
    "a change that would broadcast": value(1, [0, np.zeros(1)]),
    "a change of dtype": value(1, [0, np.zeros(4, "f4")]),
    "a parameter for a value": value(Parameter(x4)),
    "a callback for a value": value([{"k": Callback(0)}]),
    "an object for a key": value({NET: 1}),
}


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_an_answer_that_lies_is_an_error_of_the_submission(lie: str) -> None:
    """Whatever has not the form of an answer is refused; the caller's arrays stay as they are."""
    student = module(LIES[lie])
    x = np.ones(4)

    with pytest.raises(Raised):
        student.f(x)
    assert x.tolist() == [1, 1, 1, 1]
    assert [type(record.error) for record in student.trace] == [Raised]


def test_of_two_changes_none_is_made_if_one_lies() -> None:
    """Arguments are changed together or not at all."""
    x = np.ones(2)

    with pytest.raises(Raised):
        module(value(None, [0, np.zeros(2)], [7, np.zeros(2)])).f(x)
    assert x.tolist() == [1, 1]


def test_the_headline_of_a_changed_shape_holds_no_number() -> None:
    """A shape is a number that a worker may choose."""
    with pytest.raises(Raised) as caught:
        module(value(1, [0, np.zeros(123456)])).f(x4)

    assert "123456" in str(caught.value)
    assert "123456" not in caught.value.headline


@pytest.mark.parametrize(
    "answers", [None, 3, [], [value(1)], [value(1), 3], [value(1), value(2), value(3)]]
)
def test_many_answers_that_lie_are_an_error_of_the_submission(answers: Any) -> None:
    """There is one answer for each call, of the right form."""
    student = module(answers)

    with pytest.raises(Raised):
        student.f.many([[1], [2]])
    assert [type(record.error) for record in student.trace] == [Raised]


@pytest.mark.parametrize("lie", [3, None, [1, 2], {"a": 1}])
def test_items_that_lie_are_an_error_of_the_submission(lie: Any) -> None:
    """No more items come than were asked for, and they come in a list."""
    held = Held(2, "iterator", True)

    with pytest.raises(Raised):
        list(module(value(NET), value(held), value(lie)).f())
    with pytest.raises(Raised):
        list(module(value(NET), value(lie)).f())


# -- calls ----------------------------------------------------------------------------------------


def test_arguments_arrive_by_place_and_by_name() -> None:
    """NumPy's scalars arrive as Python's, lists and tuples as they are."""
    student = module(value(1))
    student.f(np.float32(0.5), [np.int8(1), (2,)], rate=np.bool_(True))
    channel = student._channel

    assert channel.asked[0][1] == {  # type: ignore[attr-defined]
        "name": "f",
        "args": [0.5, [1, (2,)]],
        "kwargs": {"rate": True},
    }


def test_changes_reach_the_callers_arrays() -> None:
    """Also through lists, keywords, parameters, views and the other byte order."""

    def step(params: Any, *, state: Any) -> None:
        for array in [*params, state["m"]]:
            array += 1

    base, big = np.zeros((2, 4)), np.zeros(2, ">f8")
    held = Parameter(np.zeros(1))
    local(step=step).step([base[:, ::2], held], state={"m": big})

    assert base.tolist() == [[1, 0, 1, 0], [1, 0, 1, 0]]
    assert (held.data.tolist(), big.tolist()) == ([1], [1, 1])


def test_a_read_only_argument_that_was_changed_is_an_error_of_the_submission() -> None:
    """The grader does not trip over an array that it cannot write."""

    def f(x: Any) -> None:
        x += 1

    with pytest.raises(Raised, match="read-only"):
        local(f=f).f(np.broadcast_to(1.0, (2, 2)))


def test_a_named_tuple_is_an_argument_like_any_tuple() -> None:
    """Subclasses of containers arrive as the container."""
    from collections import namedtuple

    pair = namedtuple("pair", "x y")(np.ones(2), 3)

    assert local(f=lambda p: p[0] * p[1]).f(pair).tolist() == [3, 3]


def test_every_call_leaves_a_record() -> None:
    """Name, inputs before the call, value, changes, keywords; or the error."""
    student = module(value(7, [0, np.zeros(1)]), TimedOut("late"))
    x = np.ones(1)
    student.f(x, n=2)
    with pytest.raises(TimedOut):
        student.f(x)
    first, second = student.trace

    assert (first.op, first.name, first.value, first.keywords) == ("call", "f", 7, ("n",))
    assert first.args[0].tolist() == [1]
    assert [(index, array.tolist()) for index, array in first.after] == [(0, [0])]
    assert first.payload["kwargs"] == {"n": 2}
    assert isinstance(second.error, TimedOut)


def test_a_record_does_not_change_with_the_check() -> None:
    """What a check does to a value or an input afterwards is not in the record."""
    student = local(f=lambda x: 2 * x)
    x = np.ones(2)
    result, (first,) = student.f(x), student.f.many([[x]])
    result[:] = first[:] = x[:] = 9

    assert [record.value.tolist() for record in student.trace] == [[2, 2], [2, 2]]
    assert [record.args[0].tolist() for record in student.trace] == [[1, 1], [1, 1]]


def test_many_calls_are_one_request() -> None:
    """Each call has its value and its record."""
    student = module([value(1), value(NET)])
    one, net = student.f.many([[1], [2]])

    assert one == 1
    assert isinstance(net, ObjectProxy)
    assert len(student._channel.asked) == 1  # type: ignore[attr-defined]
    assert [record.args for record in student.trace] == [(1,), (2,)]


def test_python_may_look_for_its_own_names() -> None:
    """Copying and printing a module do not call the learner."""
    with pytest.raises(AttributeError):
        module(value(1)).__deepcopy__  # noqa: B018


# -- objects --------------------------------------------------------------------------------------


class Net:
    """A block with state."""

    rate = 0.5

    def __init__(self, n: int) -> None:
        self.w = np.full(2, float(n))

    def __call__(self, x: Any) -> Any:
        """Return the weighted input."""
        return self.w * x

    def step(self, by: float = 1.0) -> None:
        """Change the weights."""
        self.w += by

    def parameters(self) -> list[Any]:
        """Return the weights themselves."""
        return [self.w]

    def twin(self) -> Net:
        """Return another block."""
        return Net(7)


def test_an_object_is_called_and_asked() -> None:
    """Call, methods, attributes, parameters; objects inside lists; objects as arguments."""
    student = local(Net=Net, apply=lambda nets, x: nets[0](x), pair=lambda: [Net(1), (Net(2),)])
    net = student.Net(3)
    net.call("step", by=2.0)

    assert net(np.ones(2)).tolist() == [5, 5]
    assert net.get("rate") == 0.5
    assert net.call("twin")(np.ones(2)).tolist() == [7, 7]
    assert student.apply([net], np.ones(2)).tolist() == [5, 5]
    assert student.pair()[1][0](np.ones(2)).tolist() == [2, 2]
    assert repr(net) == "<Net>"


def test_parameters_are_copies() -> None:
    """A check cannot change a block by its parameters."""
    net = local(Net=Net).Net(3)
    net.parameters()[0][:] = 0

    assert net.parameters()[0].tolist() == [3, 3]


def test_what_is_no_iterable_says_so() -> None:
    """A loop over a block is an error of the submission."""
    with pytest.raises(Raised, match="Net"):
        list(local(Net=Net).Net(1))


class Loader:
    """An iterable that starts anew."""

    def __iter__(self) -> Iterator[int]:
        return iter(range(150))


def test_an_iterable_gives_all_its_items_every_time() -> None:
    """However many there are, twice, and twice at once."""
    loader = local(Loader=Loader).Loader()

    assert list(loader) == list(range(150))
    assert list(loader) == list(range(150))
    assert list(zip(loader, loader, strict=True))[70] == (70, 70)


def test_a_generator_that_raises_midway_is_an_error_of_the_submission() -> None:
    """The items before it are given."""

    def f() -> Iterator[int]:
        yield 1
        raise ValueError("no")

    taken = []
    with pytest.raises(SubmissionError):
        for item in local(f=f).f():
            taken.append(item)
    assert taken == [1]


def test_a_generator_without_an_end_says_so() -> None:
    """An endless generator is stopped and named."""
    import itertools

    with pytest.raises(Raised, match=f"more than {MAX_ITEMS} items"):
        list(local(f=itertools.count).f())


# -- for real -------------------------------------------------------------------------------------


def test_a_worker_and_a_namespace_answer_alike(enrol: Enrol, any_zygote: Zygote) -> None:
    """The same source gives the same answers behind walls and at the desk."""
    source = """
import numpy as np
class Loader:
    def __init__(self, X): self.X = X
    def __iter__(self):
        for row in self.X: yield row, float(row.sum())
def f(kind, x=None, g=None, **more):
    if kind == "loader": return Loader(x)
    if kind == "change":
        x *= 2; more["y"] -= 1
        return x
    if kind == "difference": return (g(x + 1e-3) - g(x - 1e-3)) / 2e-3
    return {"a": (1, [None, True]), "b": np.float32(2), (1, 2): "é"}
"""
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    seen = []
    for student in (enrol(source, any_zygote), local(**namespace)):
        x, y = np.arange(6.0).reshape(2, 3), np.ones(2, "f4")
        rows = [(row.tolist(), total) for row, total in student.f("loader", x)]
        changed = student.f("change", x, y=y).tolist()
        slope = float(student.f("difference", np.float32(3.0), g=lambda t: t**2))
        seen.append([rows, changed, x.tolist(), y.tolist(), slope, repr(student.f("plain"))])

    assert seen[0] == seen[1]
    assert seen[0][3] == [0, 0]


def test_gradients_come_through_the_door() -> None:
    """A vector-Jacobian product is one call, with None for what has no gradient."""
    student = local(f=lambda x, n: n * x**2)
    gradients = student.vjp("f", [np.array([3.0]), 2], np.array([10.0]))

    assert gradients[0] == pytest.approx(np.array([120.0]), rel=1e-6)
    assert gradients[1] is None
    assert [record.op for record in student.trace] == ["vjp"]


def test_what_a_generator_does_to_its_arguments_is_seen() -> None:
    """Arrays changed while a generator runs are changed for the caller, as by a plain call."""

    def shuffling(data: Any) -> Iterator[Any]:
        for index in range(len(data)):
            data[index] = -1.0
            yield data[index]

    data = np.arange(4.0)
    batches = iter(local(shuffling=shuffling).shuffling(data))
    next(batches)
    after_one = data.copy()
    list(batches)

    assert after_one.tolist() == [-1.0, 1.0, 2.0, 3.0]
    assert data.tolist() == [-1.0] * 4
