"""What runs on the workers of a cluster: each of their threads keeps a grading process."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from grader.errors import GraderError
from grader.language import _
from grader.outcome import Isolation, Result
from grader.scoring.plan import Job

from .course_bundle import Bundle
from .grading_process import GradingProcess, ProcessDied, Settings, UnreadWork
from .versions import versions

_held = threading.local()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker sends back for one submission.

    Attributes:
        error: why there is no result, or why this worker cannot grade at all if *refused*.

        again: whether another worker may well succeed.
    """

    worker: str
    result: Result | None = None
    error: str = ""
    refused: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Station:
    """A worker of the cluster as it says that it is.

    Attributes:
        isolation: of learners' code there; None if it cannot grade, for the reason in *error*.
    """

    versions: Mapping[str, str]
    isolation: Isolation | None
    error: str = ""


def same(bundle: Bundle) -> Bundle:
    """Return *bundle*: the result of a task is made again if its worker is lost."""
    return bundle


def station(bundle: Bundle, settings: Settings) -> Station:
    """Return what this worker is like; run on the worker, which then is ready to grade."""
    try:
        return Station(versions(), _process(bundle, settings).isolation)
    except ProcessDied:
        return Station(versions(), None, _("its grading process died"))
    except GraderError as error:
        return Station(versions(), None, str(error))


def grade_remotely(
    bundle: Bundle, settings: Settings, wanted: Mapping[str, str], work: Job | UnreadWork
) -> Answer:
    """Return the answer for one submission; run on a worker, in a thread of its own.

    Args:
        wanted: the versions of the machine that asks; a worker that came later may have others.
    """
    from distributed import get_worker

    name = str(get_worker().address)
    other = difference(name, wanted, versions())
    if other:
        return Answer(name, error=other, refused=True)
    try:
        return Answer(name, _process(bundle, settings).grade(work))
    except ProcessDied:
        _end_process()
        return Answer(name, error=_("the grading process died twice"), again=True)
    except GraderError as error:
        return Answer(name, error=str(error))


def difference(worker: str, wanted: Mapping[str, str], found: Mapping[str, str]) -> str:
    """Return the sentence on a version of *worker* that differs from *wanted*; empty if none."""
    for name in wanted:
        if found.get(name, "") != wanted[name]:
            text = _(
                "The worker {worker} has {name} {found}, this machine {wanted}; grades must not "
                "depend on where they are made. Install the same versions on both."
            )
            there = found.get(name) or _("not installed")
            return text.format(worker=worker, name=name, found=there, wanted=wanted[name])
    return ""


def _process(bundle: Bundle, settings: Settings) -> GradingProcess:
    """Return this thread's grading process; start one if it has none for this run."""
    run = bundle.digest, settings
    held: tuple[object, GradingProcess] | None = getattr(_held, "process", None)
    if held is None or held[0] != run:
        _end_process()
        held = run, GradingProcess(bundle, settings)
        _held.process = held
    return held[1]


def _end_process() -> None:
    held: tuple[object, GradingProcess] | None = getattr(_held, "process", None)
    _held.process = None
    if held is not None:
        held[1].close()
