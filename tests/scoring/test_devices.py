"""One submission on the CPU and on a GPU: what came of each, and whether they agree."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.checks.check_context import CheckContext, running
from grader.checks.draws import Draw
from grader.exercise import (
    HIDDEN_CHECKS,
    PUBLIC_CHECKS,
    Assignment,
    Exercise,
    Limits,
    Submission,
    Text,
)
from grader.numerics.closeness import PRECISION, TF32, difference
from grader.outcome import CheckResult, Isolation, Outcome, Result
from grader.sandbox.channel import LocalChannel
from grader.sandbox.proxy import Record
from grader.sandbox.reference import load_reference_text
from grader.scoring import devices
from grader.scoring.devices import PARITY, assert_alike, precision_on
from grader.scoring.plan import Job, Plan
from grader.scoring.session import collected_checks
from grader.worker.adapters import Device
from grader.worker.module_host import Host

from ..fake_device import FakeDevice, fake_device
from .conftest import submission

torch = pytest.importorskip("torch", reason="PyTorch is not installed")

__all__ = ["fake_device"]

REFERENCE = """\
import torch

def scale(X):
    return 3 * X / X.sum()

def noisy(X, p):
    return X * (torch.rand_like(X) >= p)

class Net:
    def __call__(self, X):
        return X
"""

SCALE = '''\
from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Every entry is its share, three times.

    zh: 每个元素是其占比的三倍。
    """
    X = draw.uniform(1, 2, 3, 4)
    assert_close(student.scale(X), reference.scale(X), terms=12)
'''

GRADIENT = '''\
from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """The gradient is that of the share.

    zh: 梯度是占比的梯度。
    """
    X = draw.uniform(1, 2, 3, 4)
    ours, theirs = (m.vjp("scale", [X], X)[0] for m in (student, reference))
    assert_close(ours, theirs, terms=12, condition=10)
'''

NOISY = '''\
from grader.checks import as_array, points


@points(1)
def test_kept(student, draw):
    """Without noise nothing is lost.

    zh: 没有噪声时什么都不会丢失。
    """
    X = draw.uniform(1, 2, 40)
    assert (as_array(student.noisy(X, 0.0)) == X).all()
    assert (as_array(student.noisy(X, 0.5)) == 0).any()
'''

NET = '''\
from grader.checks import assert_close, points


@points(1)
def test_call(student, draw):
    """A net can be called.

    zh: 网络可以被调用。
    """
    X = draw.normal(2, 3)
    assert_close(student.Net()(X), X)
'''

FILES = {"scale": (SCALE, 2), "noisy": (NOISY, 1), "Net": (NET, 1)}

Grade = Callable[..., Result]


class _Channel(LocalChannel):
    """A submission in this process, on the fake device."""

    def __init__(self, submission: Submission, start: Any, device: Device, *_more: Any) -> None:
        pieces = [(chunk.label, chunk.line, chunk.text) for chunk in submission.chunks]
        super().__init__(Host(pieces, "torch", device), "torch")

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def grade(fake_device: FakeDevice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grade:
    """Return what grades a text with a fake GPU."""
    monkeypatch.setattr(devices, "WorkerChannel", _Channel)
    root = tmp_path / "autograder_tests" / "mini"

    def run(
        text: str, device: str = "all", tf32: bool = False, hidden: bool = False, **more: str
    ) -> Result:
        paths = []
        for name, (checks, _points) in FILES.items():
            paths.append(root / name / (HIDDEN_CHECKS if hidden else PUBLIC_CHECKS))
            paths[-1].parent.mkdir(parents=True, exist_ok=True)
            paths[-1].write_text(more.get(name, checks), encoding="utf-8")
        exercises = tuple(
            Exercise(name, Text(name, name), Fraction(points), Limits())
            for name, (_checks, points) in FILES.items()
        )
        task = Assignment("mini", Text("Mini", "迷你"), "torch", exercises, tf32)
        reference = load_reference_text(REFERENCE, Path("reference.py"), "torch")
        job = Job("ada", submission(text, framework="torch"))
        plan = Plan(task, 7, tuple(paths), tmp_path, device)
        # nothing of a zygote's is used: the submission is in this process
        zygote: Any = SimpleNamespace(worker=int, isolation=Isolation("process"))
        with collected_checks(plan, reference) as runner:
            return runner.grade(job, zygote)

    return run


def with_scale(line: str) -> str:
    """Return the right submission with another ``scale``."""
    return REFERENCE.replace("    return 3 * X / X.sum()\n", f"    {line}\n")


def found(result: Result, exercise: str, name: str = PARITY) -> CheckResult:
    """Return one result of one exercise."""
    (one,) = [c for c in result.checks if (c.exercise, c.name) == (exercise, name)]
    return one


@pytest.mark.parametrize("device", ["all", "cuda"])
def test_answers_that_agree_pass_for_no_points(grade: Grade, device: str) -> None:
    """Each exercise has one more result, after its checks, which neither gives nor takes."""
    result = grade(REFERENCE, device)

    assert [(c.exercise, c.name) for c in result.checks] == [
        ("scale", "test_values"),
        ("scale", PARITY),
        ("noisy", "test_kept"),
        ("noisy", PARITY),
        ("Net", "test_call"),
        ("Net", PARITY),
    ]
    assert (result.score, result.max_score, result.notes) == (4, 4, ())
    assert found(result, "scale").outcome is Outcome.PASSED
    assert found(result, "scale").max_points == 0
    assert found(result, "scale").sentence == "The results on the CPU and on the GPU agree."


def test_what_chance_decides_is_not_compared(grade: Grade) -> None:
    """Of a random function, the calls that chance has no part in are."""
    fixed = REFERENCE.replace("(torch.rand_like(X) >= p)", "1")

    assert found(grade(REFERENCE), "noisy").outcome is Outcome.PASSED
    always = REFERENCE.replace("* (torch.rand_like(X) >= p)", "+ torch.rand_like(X)")
    assert found(grade(always), "noisy").outcome is Outcome.SKIPPED
    assert found(grade(fixed), "noisy").outcome is Outcome.PASSED


def test_objects_are_not_compared_and_it_is_said(grade: Grade) -> None:
    """What stays in the worker has no value to compare."""
    parity = found(grade(REFERENCE), "Net")

    assert parity.outcome is Outcome.SKIPPED
    assert parity.message == "No call of this exercise can be compared between devices."


def test_without_a_gpu_in_the_run_there_is_no_parity(grade: Grade) -> None:
    """A run on the CPU has nothing to compare."""
    assert PARITY not in {c.name for c in grade(REFERENCE, "cpu").checks}


@pytest.mark.parametrize("device", ["all", "cuda"])
def test_a_wrong_answer_on_the_gpu_alone_fails_twice(
    grade: Grade, fake_device: FakeDevice, device: str
) -> None:
    """The check that it breaks costs its points; parity says what is the matter."""
    fake_device.wrong["sum"] = lambda total: total * 1.25
    result = grade(REFERENCE, device)
    parity = found(result, "scale")

    assert found(result, "scale", "test_values").outcome is Outcome.FAILED
    assert parity.outcome is Outcome.FAILED
    assert parity.message.startswith("scale(…) on the GPU has wrong values. 12 of 12 entries ")
    assert (result.score, result.max_score) == (2, 4)


def test_gradients_are_compared(grade: Grade, fake_device: FakeDevice) -> None:
    """A function may be right on the GPU and its gradient not."""
    fake_device.wrong["grad"] = lambda gradients: tuple(2 * one for one in gradients)
    parity = found(grade(REFERENCE, scale=GRADIENT), "scale")

    assert parity.outcome is Outcome.FAILED
    assert parity.message.startswith("scale(…) on the GPU has wrong values. 12 of 12 entries ")


def test_parity_of_hidden_checks_shows_no_value(grade: Grade, fake_device: FakeDevice) -> None:
    """The inputs of a hidden check stay hidden here, too."""
    fake_device.wrong["sum"] = lambda total: total * 1.25
    parity = found(grade(REFERENCE, hidden=True), "scale")

    assert parity.message == "scale(…) on the GPU has wrong values."


class _Liar(_Channel):
    """Answers a check as it should, and what is asked again with a lie."""

    lie: Any = None

    def begin(self, exercise: str, seed: int, limits: Limits, share: float = 1.0) -> None:
        """Note whether the exercise is asked about again."""
        begun = self.__dict__.setdefault("_begun", set())
        self._again = exercise in begun
        begun.add(exercise)
        super().begin(exercise, seed, limits)

    def request(self, op: str, payload: dict[str, Any]) -> Any:
        """Lie when asked again."""
        return self.lie if self._again else super().request(op, payload)


@pytest.mark.parametrize(
    "lie",
    [
        None,
        {"value": 1},
        {"value": 1, "after": [[np.ones(2), np.ones(2)]]},
        {"value": 1, "after": [], "off_device": np.ones(2)},
    ],
    ids=["nothing", "no changes", "a change by an array", "off_device in part"],
)
def test_a_lie_told_to_parity_is_the_submissions_fault(
    grade: Grade, monkeypatch: pytest.MonkeyPatch, lie: Any
) -> None:
    """As in a check; a fault of the grader's would leave the learner without a grade."""
    monkeypatch.setattr(devices, "WorkerChannel", _Liar)
    monkeypatch.setattr(_Liar, "lie", lie)
    result = grade(REFERENCE)

    assert found(result, "scale").outcome is Outcome.FAILED
    assert found(result, "scale").message == "scale returned something that cannot be read."
    assert found(result, "scale", "test_values").outcome is Outcome.PASSED
    assert result.final


MIXES = "scale mixes tensors on two devices. Create yours on the device of the inputs: "


@pytest.mark.parametrize(
    ("line", "values", "parity"),
    [
        (
            "return (X.cpu() * 3) / X.cpu().sum()",
            "",
            "scale returns a tensor on another device than its inputs. Make it where they are: ",
        ),
        ("return X * torch.full(X.shape, 3.0) / X.sum()", MIXES, MIXES),
        # The CPU's run has failed already: there is no answer to compare.
        ("return X * torch.full(X.shape, 3.0, device='cuda') / X.sum()", MIXES, "No call of this "),
        (
            "return torch.tensor(3 * X.numpy() / X.sum().item())",
            "scale passes a tensor on a GPU to NumPy. Use PyTorch's functions; ",
            "scale passes a tensor on a GPU to NumPy. Use PyTorch's functions; ",
        ),
    ],
)
def test_faults_of_devices_are_named(grade: Grade, line: str, values: str, parity: str) -> None:
    """Hard-coded devices, masks on the wrong one, and NumPy in between."""
    result = grade(with_scale(line))

    assert found(result, "scale", "test_values").message.startswith(values)
    assert (found(result, "scale", "test_values").outcome is Outcome.PASSED) is (values == "")
    assert found(result, "scale").message.startswith(parity)
    assert found(result, "scale").outcome is not Outcome.PASSED
    assert found(result, "noisy").outcome is Outcome.PASSED


# -- precision -------------------------------------------------------------------------------------


ROUNDED = with_scale("return 3 * X / X.sum() * (1 + 1e-3)")


def test_tf32_widens_what_is_allowed_on_the_gpu(grade: Grade) -> None:
    """An error of one in a thousand passes on the GPU where TF32 is allowed, and nowhere else."""
    outcomes = {
        (device, allowed): found(grade(ROUNDED, device, allowed), "scale", "test_values").outcome
        for device in ("cpu", "cuda")
        for allowed in (False, True)
    }

    assert outcomes.pop(("cuda", True)) is Outcome.PASSED
    assert set(outcomes.values()) == {Outcome.FAILED}


def test_calibrated_precision_is_kept_where_it_is_wider() -> None:
    """TF32 touches float32 alone, and never narrows what an exercise was calibrated to."""
    exercise = Exercise(
        "f", Text("", ""), Fraction(1), Limits(), (("float32", 0.1), ("float64", 1e-8))
    )
    gpu = Device("cuda", allow_tf32=True)

    assert precision_on(gpu, exercise) == {"float32": 0.1, "float64": 1e-8}
    plain = dataclasses.replace(exercise, precision=())
    assert precision_on(gpu, plain) == {"float32": TF32}
    assert precision_on(Device("cpu", allow_tf32=True), plain) == {}
    assert PRECISION["float32"] < 2.0**-10 < TF32


def test_what_tf32_rounds_is_within_its_precision() -> None:
    """Products of factors rounded to ten bits stay within the allowance, for sums of any length."""
    random = np.random.default_rng(5)
    for terms in (1, 10, 1000):
        a, b = (random.standard_normal((20, terms)).astype(np.float32) for _ in range(2))
        cut = [(m.view(np.int32) & ~0x1FFF).view(np.float32) for m in (a, b)]
        exact = a.astype(np.float64) @ b.T.astype(np.float64)
        rounded = (cut[0].astype(np.float64) @ cut[1].T.astype(np.float64)).astype(np.float32)

        tf32 = {"float32": TF32}
        assert difference(rounded, exact, dtype="float32", terms=terms, precision=tf32) is None
        assert difference(rounded, exact, dtype="float32", terms=terms) is not None


# -- answers beside each other ---------------------------------------------------------------------


RECORD = Record("call", "f", (np.ones(3, np.float32),), None)


def alike(one: Any, other: Any, after: Any = ((), ())) -> bool:
    """Whether two values agree."""
    pairs = zip((one, other), after, strict=True)
    on_gpu, on_cpu = ({"value": value, "after": changes} for value, changes in pairs)
    try:
        with running(CheckContext(Draw(0, "float32"))):
            assert_alike(on_gpu, on_cpu, RECORD)
    except AssertionError:
        return False
    return True


NAN = np.array([1.0, np.nan])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, None),
        ("a", "a"),
        (1, 1.0),
        (NAN, NAN.copy()),
        (np.array([np.inf, 1.0]), np.array([np.inf, 1.0])),
        ((1.0, [NAN]), (1.0, [NAN])),
        ({"a": 1.0, "b": None}, {"b": None, "a": 1.0}),
        (np.array([1 + 2j]), np.array([1 + 2j])),
        (np.float32([1.0]), np.float32([1.0 + 1e-6])),
        (np.array([True]), np.array([True])),
        (np.zeros((0, 2)), np.zeros((0, 2))),
    ],
)
def test_answers_that_agree(one: Any, other: Any) -> None:
    """Up to rounding, whatever they consist of; NaN is the same as NaN."""
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, 1.0),
        (None, "a"),
        ("a", "b"),
        (1, 2),
        (NAN, np.ones(2)),
        (np.ones(2), np.ones(3)),
        ([1.0], (1.0,)),
        ([1.0], [1.0, 2.0]),
        ({"a": 1.0}, {"b": 1.0}),
        ([1.0], 1.0),
        (np.array([1 + 2j]), np.array([1 - 2j])),
        (np.float32([1.0]), np.float32([1.01])),
        (np.array([1, 2]), np.array([1, 3])),
        (np.array([np.inf]), np.array([-np.inf])),
    ],
)
def test_answers_that_differ(one: Any, other: Any) -> None:
    """Another value, shape, kind or structure, whichever side it is on."""
    assert not alike(one, other)
    assert not alike(other, one)


def test_changes_in_place_are_compared() -> None:
    """An argument that is changed on one device only, or otherwise, is a difference."""
    ones, twos = [[0, np.ones(2)]], [[0, 2 * np.ones(2)]]

    assert alike(None, None, (ones, ones))
    assert not alike(None, None, (ones, twos))
    assert not alike(None, None, (ones, ()))
