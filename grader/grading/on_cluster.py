"""Grades on the workers of a Dask cluster, by the same path as on one machine.

The course and the submissions travel with the tasks, so nothing is shared but gradproof itself.
The scheduler gives a task of a lost worker to another; where its connection is lost, what has no
answer is asked for again. Only the first answer to a submission counts, so each is graded once.

A cluster's workers are trusted. Learners' code inside them stays behind the walls of their machine.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import TYPE_CHECKING

from grader.errors import InternalError
from grader.language import _
from grader.outcome import Isolation, Result
from grader.scoring.executor import EndedJob
from grader.scoring.plan import Job

from .cluster import PATIENCE
from .course_bundle import Bundle
from .grading_process import Settings, UnreadWork
from .remote_grading import Answer, Station, difference, grade_remotely, same, station
from .versions import versions

if TYPE_CHECKING:
    from distributed import Client, Future

#: tasks under way for each thread: enough that none waits, and few enough to fit in memory
_AHEAD = 3
#: what becomes of tasks whose connection is lost
_LOST = ("cancelled", "lost")
#: how often one submission is asked for again if its connection or its process is lost
_TRIES = 3


class OnCluster:
    """One run of ``gradproof score`` on a cluster.

    Attributes:
        isolation: of learners' code on every worker.

    Raises:
        InternalError: there is no worker in time; or one has other versions than this machine, or
            other walls than the rest, which could make grades depend on where they are made.
    """

    def __init__(self, client: Client, bundle: Bundle, settings: Settings) -> None:
        self._client = client
        self._settings = settings
        self._resources = {"GPU": 1} if settings.device != "cpu" else None
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            text = _("The cluster has no worker after {seconds} seconds. Nothing was graded.")
            raise InternalError(text.format(seconds=PATIENCE)) from None
        self._data = bundle
        self._bundle = self._sent()
        self._seen = time.monotonic()
        self.isolation = common(self._told())

    def _sent(self) -> Future:
        """Send the course: as a task, since what a lost worker held is made again then."""
        return self._client.submit(same, self._data, key=f"course-{self._data.digest}")

    def _told(self) -> dict[str, Station | BaseException]:
        """Return what each worker says that it is; one that is lost meanwhile is left out."""
        asked = {
            worker: self._client.submit(
                station,
                self._bundle,
                self._settings,
                key=f"station-{id(self)}-{worker}",
                pure=False,
                workers=[worker],
                resources=self._resources,
            )
            for worker in self._threads()
        }
        told: dict[str, Station | BaseException] = {}
        for worker, future in asked.items():
            while worker in self._threads() and not self._finished([future]):
                continue
            if future.status == "finished":
                told[worker] = future.result()
            elif future.status == "error":
                told[worker] = future.exception() or RuntimeError()
        return told

    def graded(
        self, works: Sequence[Job | UnreadWork], again: Callable[[Result], bool]
    ) -> Iterator[EndedJob[Job | UnreadWork, Result]]:
        """Yield every submission's end as it comes, each once.

        Args:
            again: whether a result calls for a second try, after all others.

        Raises:
            InternalError: the connection is lost for good, or no worker can grade any more.
        """
        todo = deque(enumerate(works))
        tries = dict.fromkeys(range(len(works)), 0)
        asked: dict[Future, int] = {}
        try:
            while todo or asked:
                for number, work in self._next(todo, len(asked)):
                    asked[self._ask(number, tries[number], work)] = number
                for future in self._finished(asked):
                    number = asked.pop(future)
                    answer = self._answer(future)
                    tries[number] += 1
                    wanted = answer.again or (answer.result is not None and again(answer.result))
                    if wanted and tries[number] < _TRIES:
                        todo.append((number, works[number]))
                    else:
                        yield EndedJob(works[number], answer.result, answer.error)
        finally:
            with suppress(Exception):
                self._client.cancel(list(asked), force=True)

    def _next(
        self, todo: deque[tuple[int, Job | UnreadWork]], under_way: int
    ) -> Iterator[tuple[int, Job | UnreadWork]]:
        threads = sum(self._threads().values()) or 1
        for _place in range(max(0, _AHEAD * threads - under_way)):
            if todo:
                yield todo.popleft()

    def _ask(self, number: int, tries: int, work: Job | UnreadWork) -> Future:
        if self._bundle.status in _LOST:
            self._bundle = self._sent()
        return self._client.submit(
            grade_remotely,
            self._bundle,
            self._settings,
            dict(versions()),
            work,
            key=f"submission-{id(self)}-{number}-{tries}",
            pure=False,
            resources=self._resources,
        )

    def _finished(self, asked: Iterable[Future]) -> list[Future]:
        """Return what is done, or lost with the connection; wait for it for a second."""
        from distributed import wait

        every = list(asked)
        # tasks whose connection is lost are cancelled
        with suppress(TimeoutError, CancelledError):
            wait(every, timeout=1, return_when="FIRST_COMPLETED")
        return [future for future in every if future.done()]

    def _threads(self) -> Mapping[str, int]:
        """Return how many threads each worker has; raise InternalError if all are lost."""
        threads: Mapping[str, int] | None = None
        while threads is None:
            self._require_connection()
            # lost just now, if this fails
            with suppress(OSError):
                threads = self._client.nthreads()
        if threads:
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > PATIENCE:
            text = _(
                "The cluster has no workers any more. Finished grades are kept; run again to "
                "continue."
            )
            raise InternalError(text)
        return threads

    def _require_connection(self) -> None:
        end = time.monotonic() + PATIENCE
        while self._client.status != "running":
            if self._client.status == "closed" or time.monotonic() > end:
                text = _(
                    "The connection to the cluster is lost. Finished grades are kept; run again "
                    "to continue."
                )
                raise InternalError(text)
            time.sleep(0.1)

    def _answer(self, future: Future) -> Answer:
        """Return what a worker answered, or what became of the task."""
        if future.status in _LOST:
            return Answer("", error=_("the connection to the cluster was lost"), again=True)
        try:
            # it is lost with its worker, and made again if there is another
            answer: Answer = future.result(timeout=PATIENCE)
        except Exception as error:
            return Answer("", error=f"{type(error).__name__}: {error}", again=True)
        if answer.refused:
            raise InternalError(answer.error)
        if answer.result is not None:
            # by a worker that came after the others were asked
            _require_alike(("", self.isolation), (answer.worker, answer.result.isolation))
        return answer


def common(told: Mapping[str, Station | BaseException]) -> Isolation:
    """Return the isolation of all workers; raises InternalError if one cannot grade like others."""
    first: tuple[str, Isolation] | None = None
    for worker, found in told.items():
        if not isinstance(found, Station):
            text = _("The worker {worker} cannot run gradproof: {reason}. Install it there.")
            raise InternalError(text.format(worker=worker, reason=found))
        other = difference(worker, versions(), found.versions)
        if other:
            raise InternalError(other)
        if found.isolation is None:
            text = _("The worker {worker} cannot grade: {reason}")
            raise InternalError(text.format(worker=worker, reason=found.error))
        if first is None:
            first = worker, found.isolation
        _require_alike(first, (worker, found.isolation))
    if first is None:
        raise InternalError(_("The cluster has lost its workers. Nothing was graded."))
    return first[1]


def _require_alike(first: tuple[str, Isolation], second: tuple[str, Isolation]) -> None:
    """Raise InternalError if two workers have different walls."""
    if _walls(first[1]) != _walls(second[1]):
        text = _(
            "The worker {worker} has other walls ({found}) than the rest ({level}). Choose the "
            "weaker level for all with --isolation."
        )
        levels = {"level": first[1].level, "found": second[1].level}
        raise InternalError(text.format(worker=second[0], **levels))


def _walls(isolation: Isolation) -> tuple[str, dict[str, bool]]:
    return isolation.level, dict(isolation.layers)
