"""Grades many submissions, on as many processes as asked for.

The checks are collected, and the reference's answers computed, before the grading processes are
forked, so that they share both. Each grading process has its own zygote. A grading process that
dies takes only the submission it had in hand with it, and that one is tried again, alone.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from grader.errors import InternalError
from grader.outcome import Result
from grader.submission.sandbox import Zygote

from .session import Job

Grade = Callable[[Job, Zygote], Result]

#: submissions handed to a process ahead of need: enough to keep it busy, few enough to lose
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Ended:
    """A job and its result, or why there is none."""

    job: Job
    result: Result | None
    error: str = ""


def grade_all(jobs: Sequence[Job], zygotes: Sequence[Zygote], grade: Grade) -> Iterator[Ended]:
    """Yield every job's end as it comes, on one process per zygote.

    Args:
        bench: with its reference proven, so that the answers are there to be shared.

        grade: grades one job on a zygote.
    """
    if len(zygotes) == 1 or len(jobs) == 1:
        for job in jobs:
            yield _grade_here(grade, job, zygotes[0])
        return
    left = list(jobs)
    while left:
        done: set[int] = set()
        for index, ended in _in_pool(left, zygotes, grade):
            done.add(index)
            yield ended
        lost = [job for index, job in enumerate(left) if index not in done]
        if len(lost) == len(left):
            # No process survived any of them: one by one, the culprit shows itself.
            for job in lost:
                yield _grade_alone(job, zygotes, grade)
            return
        left = lost


def _grade_here(grade: Grade, job: Job, zygote: Zygote) -> Ended:
    try:
        return Ended(job, grade(job, zygote))
    except InternalError as error:
        return Ended(job, None, str(error))


def _grade_alone(job: Job, zygotes: Sequence[Zygote], grade: Grade) -> Ended:
    for _index, ended in _in_pool([job], zygotes[:1], grade):
        return ended
    return Ended(job, None, "the grading process died")


def _in_pool(
    jobs: Sequence[Job], zygotes: Sequence[Zygote], grade: Grade
) -> Iterator[tuple[int, Ended]]:
    """Yield ends until all jobs are done or a grading process has died."""
    context = multiprocessing.get_context("fork")
    counter = context.Value("i", 0)
    pool = ProcessPoolExecutor(
        len(zygotes), mp_context=context, initializer=_prepare, initargs=(counter, zygotes, grade)
    )
    todo = iter(enumerate(jobs))
    running: dict[Future[Any], int] = {}
    with pool:
        try:
            _top_up(pool, todo, running, len(zygotes) * _AHEAD)
            while running:
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield running.pop(future), future.result()
                _top_up(pool, todo, running, len(zygotes) * _AHEAD)
        except BrokenProcessPool:
            return
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _top_up(
    pool: ProcessPoolExecutor,
    todo: Iterable[tuple[int, Job]],
    running: dict[Future[Any], int],
    limit: int,
) -> None:
    while len(running) < limit:
        following = next(iter(todo), None)
        if following is None:
            return
        index, job = following
        running[pool.submit(_grade_in_process, job)] = index


_mine: tuple[Grade, Zygote] | None = None


def _prepare(counter: Any, zygotes: Sequence[Zygote], grade: Grade) -> None:
    """Take one zygote for this process."""
    global _mine
    with counter.get_lock():
        number = counter.value
        counter.value += 1
    _mine = (grade, zygotes[number])


def _grade_in_process(job: Job) -> Ended:
    if _mine is None:
        raise InternalError("a grading process without a zygote")
    grade, zygote = _mine
    return _grade_here(grade, job, zygote)
