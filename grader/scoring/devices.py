"""One submission on several devices: the results on each, and whether their answers agree."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from grader.checks.assertions import Mismatch, assert_close
from grader.checks.check_context import CheckContext, running
from grader.checks.draws import Draw
from grader.exercise import Assignment, Exercise, Limits, Submission
from grader.language import _
from grader.numerics.closeness import with_tf32
from grader.outcome import CheckResult, Outcome
from grader.sandbox.answer_validation import read_answer
from grader.sandbox.channel import StudentChannel, WorkerChannel
from grader.sandbox.from_scratch import forbidden_in
from grader.sandbox.proxy import Record
from grader.sandbox.substitutes import Substitutes
from grader.sandbox.zygote import Zygote
from grader.worker.adapters import CPU, Device
from grader.worker.values import Array, Held, leaves

from .ended_check import EndedCheck, Observe
from .verdict import Verdict, verdict_of

#: the name of the check that compares devices
PARITY = "parity"

_NUMBERS = (np.ndarray, bool, int, float)
#: how much a function may magnify rounding; real errors of a device are far larger
_MAGNIFIED = 10.0

#: opens a channel to the submission on a device
Open = Callable[[Device], WorkerChannel]
#: runs all checks through a channel, and calls the observer
Run = Callable[[StudentChannel, Observe | None], list[CheckResult]]


def precision_on(device: Device, exercise: Exercise) -> dict[str, float]:
    """Return the relative tolerances, by dtype, for results computed on *device*."""
    precision = dict(exercise.precision)
    return with_tf32(precision) if device.name != "cpu" and device.allow_tf32 else precision


def channel_to(
    submission: Submission,
    assignment: Assignment,
    zygote: Zygote,
    device: Device,
    substitutes: Substitutes | None = None,
) -> WorkerChannel:
    """Return a channel to *submission* in its own worker, which is started when needed.

    Args:
        substitutes: correct functions in place of some of the submission's.
    """
    start = partial(zygote.worker, with_gpu=device.name != "cpu")
    names = [exercise.name for exercise in assignment.exercises]
    forbidden = forbidden_in(assignment)
    changes = assignment.changes
    return WorkerChannel(submission, start, device, forbidden, names, substitutes, changes)


def run_on(
    names: str, assignment: Assignment, channel_on: Open, run: Run, observe: Observe | None
) -> tuple[tuple[CheckResult, ...], tuple[str, ...]]:
    """Run the checks on each device; return the results and notes about the devices.

    Args:
        names: ``cpu``, ``cuda`` or ``all`` for both.

        observe: called with each exercise's checks when they have ended, on each device.
    """
    if names == "cpu":
        with closing(channel_on(CPU)) as channel:
            return tuple(run(channel, observe)), ()
    wanted = ("cpu", "cuda") if names == "all" else (names,)
    known = [CPU, Device("cuda", assignment.allow_tf32)]
    with ExitStack() as stack:
        channels = {one.name: stack.enter_context(closing(channel_on(one))) for one in known}
        ended: list[Sequence[EndedCheck]] = []
        first, *others = wanted
        runs = [run(channels[first], _keeping(ended, observe))]
        runs += [run(channels[name], observe) for name in others]
        results, notes = merge_devices(wanted, runs)
        parity = Parity(assignment, channels["cpu"], channels["cuda"], channels[first])
        found = {checks[0].check.exercise: parity.result(checks, *notes) for checks in ended}
    groups = itertools.groupby(results, key=lambda result: result.exercise)
    return tuple(one for name, group in groups for one in (*group, found[name])), notes


def _keeping(kept: list[Sequence[EndedCheck]], observe: Observe | None) -> Observe:
    """Return an observer that appends to *kept* and then calls *observe*."""

    def keep(ended: Sequence[EndedCheck]) -> None:
        kept.append(ended)
        if observe:
            observe(ended)

    return keep


def merge_devices(
    devices: Sequence[str], runs: Sequence[Sequence[CheckResult]]
) -> tuple[tuple[CheckResult, ...], tuple[str, ...]]:
    """Return one result for each check: that of the first device where it did not pass.

    A missing device is reported in the notes and costs no points.
    """
    absent = [
        device
        for device, results in zip(devices, runs, strict=True)
        if device != "cpu" and all(result.outcome is Outcome.SKIPPED for result in results)
    ]
    merged = []
    for results in zip(*runs, strict=True):
        ran = [r for r in results if r.outcome is not Outcome.SKIPPED] or list(results)
        merged.append(next((r for r in ran if r.outcome is not Outcome.PASSED), ran[0]))
    text = _("SKIPPED on {device}: this machine has no such device, so nothing was checked on it.")
    return tuple(merged), tuple(text.format(device=device) for device in absent)


class Parity:
    """Repeats a run's calls on the CPU and on a GPU, and compares.

    It compares calls of functions and gradients through them, with data for arguments and results,
    if repeating them gives the same result: random results need not agree between devices.

    Args:
        first: the channel that the calls come from.
    """

    def __init__(
        self,
        assignment: Assignment,
        cpu: StudentChannel,
        gpu: StudentChannel,
        first: StudentChannel,
    ) -> None:
        self._assignment = assignment
        self._channels = (cpu, gpu)
        self._first = (cpu, gpu).index(first)

    def result(self, ended: Sequence[EndedCheck], absent: str = "") -> CheckResult:
        """Return the result of comparing the calls of one exercise's checks.

        It is worth no points: wrong answers on a device have already cost points.

        Args:
            absent: why there is nothing to compare, if a device is missing.
        """
        began = time.monotonic()
        exercise = self._assignment.exercise(ended[0].check.exercise)
        verdict, hidden = Verdict(Outcome.SKIPPED, absent, absent), False
        if not absent:
            precision = precision_on(self._channels[1].device, exercise)
            with running(CheckContext(Draw(0, "float32"), precision=precision)):
                verdict, hidden = self._verdict(ended, exercise.limits)
        return CheckResult(
            exercise=exercise.name,
            name=PARITY,
            outcome=verdict.outcome,
            max_points=Fraction(0),
            sentence=_("The results on the CPU and on the GPU agree."),
            message=verdict.headline if hidden else verdict.message,
            seconds=time.monotonic() - began,
        )

    def _verdict(self, ended: Sequence[EndedCheck], limits: Limits) -> tuple[Verdict, bool]:
        """Return the verdict on all calls, and whether the decisive one is in a hidden check."""
        compared = 0
        for one in ended:
            try:
                compared += self._agreeing(one, limits)
            except Exception as error:
                return verdict_of(error, []), one.check.hidden
        if compared:
            return Verdict(Outcome.PASSED), False
        text = _("No call of this exercise can be compared between devices.")
        return Verdict(Outcome.SKIPPED, text, text), False

    def _agreeing(self, ended: EndedCheck, limits: Limits) -> int:
        """Return the number of calls of one check that agree.

        Raises:
            Mismatch: a call does not agree.

            SubmissionError: a call is not answered.
        """
        calls = [record for record in ended.trace if _repeatable(record)]
        if not calls:
            return 0
        answers = []
        for channel in self._channels:
            # With other random numbers than in the check, a changed result is random.
            channel.begin(ended.check.exercise, (ended.seed + 1) % 2**31, limits)
            answers.append([_answer(channel, record) for record in calls])
        compared = 0
        for record, on_cpu, on_gpu in zip(calls, *answers, strict=True):
            _assert_stayed(record.name, (on_cpu, on_gpu))
            again = (on_cpu, on_gpu)[self._first]
            first = {"value": record.value, "after": record.after}
            if (
                _is_data(record.value)
                and _is_data(on_gpu["value"])
                and _alike(again, first, record)
            ):
                assert_alike(on_gpu, on_cpu, record)
                compared += 1
        return compared


def _answer(channel: StudentChannel, record: Record) -> dict[str, Any]:
    """Return the answer of *channel* to a call; raises SubmissionError if there is none."""
    answer: dict[str, Any] = channel.request(record.op, record.payload)
    read_answer(record.op, answer, record.name, record.args)
    return answer


def _assert_stayed(name: str, answers: Sequence[dict[str, Any]]) -> None:
    if any(answer.get("off_device") for answer in answers):
        text = _(
            "{name} returns a tensor on another device than its inputs. Make it where they are: "
            "device=X.device, or torch.zeros_like(X), where X is an input."
        )
        raise Mismatch(text.format(name=name))


def _repeatable(record: Record) -> bool:
    """Whether a call was answered and can be repeated: it involves no functions or objects."""
    wanted = record.op in ("call", "vjp") and record.error is None
    return wanted and _is_data(list(record.args))


def _is_data(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return all(map(_is_data, value))
    if isinstance(value, dict):
        return all(map(_is_data, value.values()))
    return not callable(value) and not isinstance(value, Held)


def _alike(one: Mapping[str, Any], other: Mapping[str, Any], record: Record) -> bool:
    try:
        assert_alike(one, other, record)
    except Mismatch:
        return False
    return True


def assert_alike(on_gpu: Mapping[str, Any], on_cpu: Mapping[str, Any], record: Record) -> None:
    """Assert that two answers to a call, and its changes in place, are equal up to rounding.

    Raises:
        Mismatch: they are not.
    """
    what = _("{name}(…) on the GPU").format(name=record.name)
    # An entry may depend on sums over the inputs, in a different order on each device.
    terms = max((array.size for array in leaves(list(record.args))), default=1)
    _assert_same(on_gpu["value"], on_cpu["value"], what, terms)
    _assert_same(dict(on_gpu["after"]), dict(on_cpu["after"]), what, terms)


def _assert_same(on_gpu: Any, on_cpu: Any, what: str, terms: int) -> None:
    keys = _keys(on_cpu)
    other_kind = Mismatch(
        _("{what} is not the same kind of result as on the CPU.").format(what=what)
    )
    if keys is not None:
        if type(on_gpu) is not type(on_cpu) or _keys(on_gpu) != keys:
            raise other_kind
        for key in keys:
            _assert_same(on_gpu[key], on_cpu[key], what, terms)
    elif isinstance(on_cpu, _NUMBERS) and isinstance(on_gpu, _NUMBERS):
        _assert_numbers_alike(np.asarray(on_gpu), np.asarray(on_cpu), what, terms)
    elif type(on_gpu) is not type(on_cpu) or on_gpu != on_cpu:
        raise other_kind


def _keys(value: Any) -> list[Any] | None:
    """Return the keys of the items of a dict, a list or a tuple; None for anything else."""
    if isinstance(value, dict):
        return sorted(value, key=repr)
    return list(range(len(value))) if isinstance(value, (list, tuple)) else None


def _assert_numbers_alike(on_gpu: Array, on_cpu: Array, what: str, terms: int) -> None:
    """Assert that two arrays are equal up to rounding; NaN equals NaN."""
    if on_cpu.dtype.kind == on_gpu.dtype.kind == "c":
        on_gpu, on_cpu = on_gpu.view(on_gpu.real.dtype), on_cpu.view(on_cpu.real.dtype)
    if on_cpu.shape == on_gpu.shape and on_cpu.dtype.kind == on_gpu.dtype.kind == "f":
        both = np.isnan(on_cpu) & np.isnan(on_gpu)
        on_gpu, on_cpu = np.where(both, 0, on_gpu), np.where(both, 0, on_cpu)
    if np.isnan(on_cpu).any():
        text = _("{what} has NaN or infinity where a finite value is expected, or vice versa.")
        raise Mismatch(text.format(what=what))
    assert_close(on_gpu, on_cpu, terms=terms, condition=_MAGNIFIED, what=what)
