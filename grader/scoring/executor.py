"""Runs many jobs, such as grading one submission each, on as many processes as asked for.

The checks are collected, and the reference's answers computed, before the grading processes are
forked, so that they share both. Each grading process has its own zygote and one job in hand. One
that dies loses only that job, which is tried once more on another; none outlives this process.

Where the system does not fork, all jobs run in this process, one after another.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from grader.errors import GraderError
from grader.language import _
from grader.sandbox.fork import system_forks
from grader.worker import walls

#: what is to be done, what a process does it with (a zygote), and what comes of it
J = TypeVar("J")
Z = TypeVar("Z")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class EndedJob(Generic[J, R]):
    """A job and its result, or why there is none."""

    job: J
    result: R | None
    error: str = ""


def grade_all(
    jobs: Sequence[J],
    zygotes: Sequence[Z],
    grade: Callable[[J, Z], R],
    may_kill: bool = False,
    again: Callable[[R], bool] = lambda result: False,
) -> Iterator[EndedJob[J, R]]:
    """Yield every job's end as it comes, each job once, on one process per zygote.

    Args:
        grade: grades one job on a zygote; what it needs should be computed before, to be shared.

        may_kill: whether a job may end the process that it runs in; then it does not run in this
            one if there can be others.

        again: whether a result calls for a second try, after all other jobs.
    """
    if not system_forks() or ((len(zygotes) == 1 or len(jobs) == 1) and not may_kill):
        later: list[J] = []
        for job in jobs:
            result, error = _graded(grade, job, zygotes[0])
            if result is not None and again(result):
                later.append(job)
            else:
                yield EndedJob(job, result, error)
        for job in later:
            yield EndedJob(job, *_graded(grade, job, zygotes[0]))
        return
    yield from _on_processes(jobs, zygotes, grade, again)


def _graded(grade: Callable[[J, Z], R], job: J, zygote: Z) -> tuple[R | None, str]:
    """Return the result, or the error: one submission never stops the others."""
    try:
        return grade(job, zygote), ""
    except GraderError as error:
        return None, str(error)
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def _on_processes(
    jobs: Sequence[J],
    zygotes: Sequence[Z],
    grade: Callable[[J, Z], R],
    again: Callable[[R], bool],
) -> Iterator[EndedJob[J, R]]:
    todo = deque(range(len(jobs)))
    retried: set[int] = set()
    processes = [_Process(zygote, jobs, grade) for zygote in zygotes]
    try:
        while True:
            for process in processes:
                if process.job is None and todo:
                    process.take(todo.popleft())
            busy = {p.pipe: p for p in processes if p.job is not None}
            if not busy:
                return
            for pipe in wait(list(busy)):
                process = busy[pipe]  # type: ignore[index]  # only our pipes were waited for
                number, process.job = process.job, None
                assert number is not None
                try:
                    end = process.pipe.recv()
                except (EOFError, OSError):
                    process.end()
                    processes[processes.index(process)] = _Process(process.zygote, jobs, grade)
                    if number not in retried:
                        retried.add(number)
                        todo.append(number)
                        continue
                    end = None, _("the grading process died twice")
                result = end[0]
                if result is not None and again(result) and number not in retried:
                    retried.add(number)
                    todo.append(number)
                    continue
                yield EndedJob(jobs[number], *end)
    finally:
        for process in processes:
            process.end()


class _Process(Generic[J, Z, R]):
    """A grading process: takes the number of a job, and returns its result or error.

    Attributes:
        job: the number of its current job.
    """

    def __init__(self, zygote: Z, jobs: Sequence[J], grade: Callable[[J, Z], R]) -> None:
        context = multiprocessing.get_context("fork")
        self.zygote = zygote
        self.job: int | None = None
        self.pipe, theirs = context.Pipe()
        arguments = (theirs, zygote, jobs, grade, os.getpid())
        self._process = context.Process(target=_work, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    def take(self, number: int) -> None:
        """Send a job; if the process is dead, waiting on its pipe reveals it."""
        self.job = number
        with contextlib.suppress(OSError):
            self.pipe.send(number)

    def end(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _work(
    pipe: Connection, zygote: Z, jobs: Sequence[J], grade: Callable[[J, Z], R], parent: int
) -> None:
    """Grade the jobs that arrive through *pipe* as long as *parent* is alive."""
    walls.die_with_parent()
    if os.getppid() != parent:
        return
    # Ctrl-C reaches the whole process group; the parent handles it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while True:
        number = pipe.recv()
        pipe.send(_graded(grade, jobs[number], zygote))
