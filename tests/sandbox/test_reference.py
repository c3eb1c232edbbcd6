"""The reference: in float64, once for each request, and replayed where it is not."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import numpy as np
import pytest

from grader.errors import AuthoringError, InternalError
from grader.exercise import Limits
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.reference import (
    ReferenceChannel,
    ReplayChannel,
    key_of,
    load_reference,
    load_reference_text,
    read_recording,
    write_recording,
)
from grader.sandbox.repeated_check import repetition_of
from grader.worker import wire

SOURCE = """
import numpy as np
calls = []
def square(x, n=1):
    calls.append(x.dtype.name)
    return n * x ** 2
def step(params, rate):
    for p in params: p -= rate
def count(): return len(calls)
def apply(g, x): return g(x)
class Net:
    def __init__(self): self.n = 0
    def __call__(self):
        self.n += 1
        return self.n
"""


def reference(source: str = SOURCE, framework: str = "numpy") -> ReferenceChannel:
    """Return a channel to a reference."""
    return load_reference_text(dedent(source), Path("reference.py"), framework)


def calls(channel: ReferenceChannel) -> int:
    """Return how often ``square`` was computed."""
    return len(channel._host.module["calls"])


def test_the_same_request_is_computed_once() -> None:
    """Equal inputs give the answer from memory; others, of another dtype too, do not."""
    channel = reference()
    module = ModuleProxy(channel)
    for _ in range(3):
        assert module.square(np.arange(3.0)).tolist() == [0, 1, 4]
    assert calls(channel) == 1

    module.square(np.arange(3.0), n=2)
    module.square(np.arange(3.0, dtype="f4"))
    module.square(np.arange(3.0).reshape(3, 1))

    assert calls(channel) == 4


def test_what_a_check_does_to_an_answer_stays_with_the_check() -> None:
    """Answers from memory are copies."""
    module = ModuleProxy(reference())
    for _ in range(3):
        answer = module.square(np.ones(2))
        answer += 1

        assert answer.tolist() == [2, 2]


def test_the_reference_computes_in_float64() -> None:
    """Inputs are widened, integers are not."""
    channel = reference()
    module = ModuleProxy(channel)
    for dtype in ("f2", "f4", "f8", "i4"):
        module.square(np.ones(2, dtype))

    assert channel._host.module["calls"] == ["float64"] * 3 + ["int32"]


def test_changes_come_back_in_the_callers_dtype() -> None:
    """An array that the reference changes keeps its own dtype; from memory, too."""
    module = ModuleProxy(reference())
    for _ in range(2):
        w, b = np.ones(2, "f4"), np.ones(1)
        module.step([w, b], 0.25)

        assert (w.dtype.name, w.tolist(), b.tolist()) == ("float32", [0.75, 0.75], [0.75])


def test_an_object_is_made_anew_every_time() -> None:
    """Objects have state and are not remembered; nor are their numbers from another check."""
    channel = reference()
    module = ModuleProxy(channel)
    first, second = module.Net(), module.Net()

    assert (first(), first(), second()) == (1, 2, 1)
    channel.as_student("numpy").begin("Net", 1, None)  # type: ignore[arg-type]
    assert module.Net()() == 1
    assert channel.answers == {}


def test_a_block_computes_in_the_dtype_of_whom_it_stands_for() -> None:
    """No kit of blocks could be made: NumPy's float64 met the float32 of a PyTorch module."""
    pytest.importorskip("torch", reason="PyTorch is not installed")
    channel = reference("import torch\ndef Net(): return torch.nn.Linear(2, 2)", "torch")
    for framework, dtype in (("numpy", np.float64), ("torch", np.float32)):
        student = channel.as_student(framework)
        student.begin("Net", 1, Limits())
        module = ModuleProxy(student)
        net = module.Net()
        # checks set float64 in any framework
        net.set_parameters([np.ones((2, 2)), np.ones(2)])

        assert net(np.ones((1, 2), dtype)).dtype == dtype
        request, answer = repetition_of(1, module.trace)
        again = channel.as_given().request("repeat", request)
        np.testing.assert_equal(again, answer)


def test_a_function_as_an_argument_is_not_remembered() -> None:
    """A function may give anything, wherever it stands among the arguments."""
    module = ModuleProxy(reference())

    assert module.apply(lambda x: x + 1, 1) == 2
    assert module.apply(lambda x: x + 2, 1) == 3
    assert module.apply(x=1, g=lambda x: x + 3) == 4


def test_the_gradient_is_that_of_autograd() -> None:
    """Central differences of a PyTorch reference agree with PyTorch, in float64."""
    torch = pytest.importorskip("torch", reason="PyTorch is not installed")
    source = "import torch\ndef f(x, w, n): return torch.tanh(x @ w).softmax(1) / n"
    rng = np.random.default_rng(1)
    x, w = rng.normal(size=(3, 4)).astype("f4"), rng.normal(size=(4, 5)).astype("f4")
    upstream = rng.normal(size=(3, 5)).astype("f4")

    dx, dw, dn = ModuleProxy(reference(source, "torch")).vjp("f", [x, w, 2], upstream)
    tensors = [torch.tensor(a, dtype=torch.float64, requires_grad=True) for a in (x, w)]
    out = torch.tanh(tensors[0] @ tensors[1]).softmax(1) / 2
    out.backward(torch.tensor(upstream, dtype=torch.float64))

    assert dn is None
    assert (dx.dtype.name, dw.dtype.name) == ("float64", "float64")
    np.testing.assert_allclose(dx, tensors[0].grad.numpy(), atol=1e-8)
    np.testing.assert_allclose(dw, tensors[1].grad.numpy(), atol=1e-8)


def test_a_reference_that_fails_is_the_authors_to_mend() -> None:
    """A reference that raises costs no learner a point."""
    module = ModuleProxy(reference("def f(x): return x.no_such_thing"))

    with pytest.raises(AuthoringError, match="no_such_thing"):
        module.f(np.ones(1))
    with pytest.raises(AuthoringError, match="g"):
        module.g()


@pytest.mark.parametrize(
    ("source", "line"), [("x = (\n", 1), ("import nothing_of_this_name", None), ("1 / 0", None)]
)
def test_a_reference_that_does_not_load_names_its_file(
    tmp_path: Path, source: str, line: int | None
) -> None:
    """File and, for what does not parse, line."""
    path = tmp_path / "reference.py"
    path.write_text(source)

    with pytest.raises(AuthoringError) as caught:
        load_reference(path, "numpy")
    assert (caught.value.path, caught.value.line) == (path, line)


def test_cells_for_other_frameworks_are_no_part_of_a_reference(tmp_path: Path) -> None:
    """A source has them beside its own; lines keep their numbers."""
    path = tmp_path / "reference.py"
    ours = '# %% exercise="f" framework="numpy jax"\ndef f():\n    return 1\n'
    path.write_text(f'{ours}# %% framework="tensorflow"\ndef f():\n    return 2\n# %%\n1 / 0\n')

    with pytest.raises(AuthoringError, match="ZeroDivisionError") as caught:
        load_reference(path, "numpy")
    assert caught.value.__cause__.__traceback__.tb_next.tb_lineno == 8
    path.write_text(path.read_text().replace("1 / 0", ""))
    assert ModuleProxy(load_reference(path, "numpy")).f() == 1


@pytest.mark.parametrize("data", [None, b"\xff\xfe"])
def test_a_reference_that_cannot_be_read_names_its_file(tmp_path: Path, data: Any) -> None:
    """A missing file, or one that is no text."""
    path = tmp_path / "reference.py"
    if data:
        path.write_bytes(data)

    with pytest.raises(AuthoringError, match="cannot be read"):
        load_reference(path, "numpy")


# -- recordings -----------------------------------------------------------------------------------


def test_a_recording_answers_like_the_reference(tmp_path: Path) -> None:
    """Values, changes in place and gradients are replayed from the file."""
    path, channel = tmp_path / "answers", reference()
    seen = []

    def ask(module: ModuleProxy) -> list[Any]:
        w = np.ones(2, "f4")
        module.step([w], 0.5)
        gradients = module.vjp("square", [np.arange(2.0), 3], np.ones(2))
        return [module.square(np.arange(3.0), n=2).tolist(), w.tolist(), repr(gradients)]

    seen.append(ask(ModuleProxy(channel)))
    write_recording(channel.answers, path)
    replay = ModuleProxy(ReplayChannel(read_recording(path), "numpy"))
    seen.extend(ask(replay) for _ in range(2))

    assert seen[0] == seen[1] == seen[2]


def test_a_recording_depends_on_what_was_asked_only(tmp_path: Path) -> None:
    """The same requests in another order give the same file."""
    for name, order in (("a", (1, 2, 3)), ("b", (3, 1, 2))):
        channel = reference()
        for n in order:
            ModuleProxy(channel).square(np.ones(n))
        write_recording(channel.answers, tmp_path / name)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_the_key_of_a_request_tells_all_values_apart() -> None:
    """Dtype, shape, sign of zero, kind of container and of number all count."""
    arguments: list[Any] = [1, 1.0, True, "1", [1], (1,), None, 0.0, -0.0]
    arguments += [np.ones(2), np.ones(2, "f4"), np.ones((1, 2)), np.ones((2, 1)), -np.zeros(2)]
    arguments += [np.zeros(2), [np.ones(2)], {"a": 1}, {"b": 1}]

    assert len({key_of("call", {"args": [a]}) for a in arguments}) == len(arguments)
    assert key_of("call", {}) != key_of("vjp", {})


@pytest.mark.parametrize("ask", ["other", "function", "object"])
def test_what_was_not_recorded_is_our_fault(ask: str) -> None:
    """An expected value that the kit lacks never costs a learner a point."""
    module = ModuleProxy(ReplayChannel({}, "numpy"))
    with pytest.raises(InternalError, match="kit"):
        if ask == "other":
            module.square(np.ones(1))
        elif ask == "function":
            module.apply(lambda x: x, 1)
        else:
            module._channel.request("call_held", {"id": 1, "method": ""})


DAMAGED = {
    "nothing": b"",
    "garbage": b"\x00" * 40,
    "another frame": b"".join(wire.encode(2, "recording", {})),
    "no recording": b"".join(wire.encode(1, "value", {})),
    "a list": b"".join(wire.encode(1, "recording", [1])),
    "an answer without a form": b"".join(wire.encode(1, "recording", {"k": {"value": 1}})),
    "changes without a form": b"".join(
        wire.encode(1, "recording", {"k": {"value": 1, "after": [3]}})
    ),
}


@pytest.mark.parametrize("damage", DAMAGED, ids=str)
def test_a_damaged_recording_says_so(tmp_path: Path, damage: str) -> None:
    """The learner is told to unpack the kit again."""
    path = tmp_path / "answers"
    path.write_bytes(DAMAGED[damage])

    with pytest.raises(InternalError, match="Unpack the kit again"):
        read_recording(path)


def test_a_recording_cut_short_or_missing_says_so(tmp_path: Path) -> None:
    """Half a file, or none."""
    path = tmp_path / "answers"
    with pytest.raises(InternalError):
        read_recording(path)
    write_recording({"k": {"value": np.ones(9), "after": []}}, path)
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(InternalError):
        read_recording(path)


def test_a_recording_too_large_is_the_authors_to_mend(tmp_path: Path) -> None:
    """What does not fit into a kit is found when it is released."""
    huge = np.broadcast_to(0.0, (wire.MAX_BODY // 8 + 1,))

    with pytest.raises(AuthoringError, match="smaller"):
        write_recording({"k": {"value": huge, "after": []}}, tmp_path / "answers")


def test_a_story_is_no_part_of_the_reference(tmp_path):
    """It may need what is not installed, and takes its time; lines keep their numbers."""
    path = tmp_path / "task.py"
    story = (
        '# %% exercise="f"\ndef f():\n    return 1\n\n# %% story="f"\nimport no_such_library\n\n'
    )
    path.write_text(f"{story}# %%\nx = 1\n")

    assert ModuleProxy(load_reference(path, "numpy")).f() == 1

    path.write_text(f"{story}# %%\nx = = 1\n")
    with pytest.raises(AuthoringError) as refused:
        load_reference(path, "numpy")
    assert refused.value.line == 9


def test_a_reference_that_seeds_looks_for_no_other_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyTorch would record a traceback for each that is not there, at every call."""
    torch = pytest.importorskip("torch")
    body = "torch.manual_seed(seed); return torch.rand(3)"
    text = f"import torch\ndef draw(seed): {body}\n"
    channel = load_reference_text(text, Path("reference.py"), "torch")
    asked: list[int] = []
    for device in (torch.cuda, torch.xpu, torch.mtia):
        monkeypatch.setattr(device, "manual_seed_all", asked.append)
    drawn = [ModuleProxy(channel).draw(seed) for seed in (1, 2, 1)]
    one, two, again = (torch.rand(3, generator=torch.Generator().manual_seed(n)) for n in (1, 2, 1))

    assert not asked
    assert all(np.array_equal(a, b) for a, b in zip(drawn, (one, two, again), strict=True))
