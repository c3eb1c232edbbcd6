"""Checks changed exercises whenever a file is saved.

A worker with the framework loaded stands by, so that an answer comes at once.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

from grader.errors import GraderError
from grader.exercise import Limits, Submission
from grader.kit.as_graded import as_graded
from grader.kit.kit import Kit, chosen_exercises
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.desk_worker import desk_worker
from grader.sandbox.from_scratch import forbidden_in
from grader.sandbox.spare_worker import SpareWorker
from grader.sandbox.worker_process import Worker
from grader.scoring.ended_check import Begins
from grader.submission.file_dates import dates_of
from grader.submission.needed_code import needed_code
from grader.submission.read import code_files

from .kit_runner import Seen, ready

#: number of polls for which a file may be missing before another file is watched
_PATIENCE = 5


#: returns a context in which exercises are checked, and what is called when one of them begins
Checking = Callable[[Sequence[str]], AbstractContextManager[Begins]]


def _silently(exercises: Sequence[str]) -> AbstractContextManager[Begins]:
    return nullcontext(lambda exercise: None)


class Watching:
    """Watches the learner's file.

    Args:
        exercises: only these; empty means all.

        file: what to look at; the files in the kit if None.

    Raises:
        UsageError: there is no such exercise.
    """

    def __init__(self, kit: Kit, exercises: Collection[str] = (), file: Path | None = None) -> None:
        self._kit = kit
        wanted = chosen_exercises(kit, exercises)
        names = [exercise.name for exercise in kit.assignment.exercises]
        self._exercises = [name for name in names if wanted is None or name in wanted]
        self._file = file
        self._stamp: object = None
        self._seen: Path | None = None
        self._patience = _PATIENCE
        self._parts: dict[str, str] = {}
        self._helpers: object = None
        self._spare = SpareWorker(partial(started, kit.directory))

    @property
    def file(self) -> Path | None:
        """The file that is watched; None for those in the kit."""
        return self._file

    def look(self, checking: Checking = _silently) -> Seen | None:
        """Check the exercises whose code has changed since the last call; None if none has.

        Args:
            checking: returns a context in which the exercises that it is called with are checked,
                and what is called with the name of each before its checks run.

        Raises:
            SubmissionError, UsageError: the file cannot be read; raised once.
        """
        if self._being_saved():
            return None
        try:
            stamps = self._stamps()
        except GraderError as error:
            if str(error) == self._stamp:
                return None
            self._stamp = str(error)
            raise
        if stamps == self._stamp:
            return None
        self._stamp = stamps
        submission = self._kit.read(self._file)
        works = [self._file or self._kit.directory / part.file for part in submission.parts]
        self._seen = works[0]
        helpers = [stamp for stamp in stamps if stamp[0] not in works]
        if helpers != self._helpers:
            self._helpers, self._parts = helpers, {}
        parts = needed_code(submission, self._exercises)
        changed = [name for name in parts if parts[name] != self._parts.get(name)]
        self._parts = parts
        if not changed:
            return None
        with checking(changed) as begins:
            return self._check(submission, changed, begins)

    def close(self) -> None:
        """Stop the worker that is kept ready."""
        self._spare.close()

    def _being_saved(self) -> bool:
        """Whether the file is missing, for a few polls: some editors save in this way."""
        if self._seen is None or self._seen.exists():
            self._patience = _PATIENCE
            return False
        self._patience -= 1
        return self._patience >= 0

    def _stamps(self) -> list[tuple[Path, int]]:
        """Return the learner's files and all modules in the kit, with their dates."""
        folder, name = self._kit.directory, self._kit.assignment.name
        files = code_files(self._file or folder, name)
        paths = [self._file or folder.joinpath(*file.item.parts) for file in files]
        return dates_of((*paths, *folder.glob("*.py")))

    def _check(self, submission: Submission, exercises: list[str], begins: Begins) -> Seen:
        with as_graded(self._kit.directory, self._kit.replaced()) as folder:
            return self._check_in(folder, submission, exercises, begins)

    def _check_in(
        self, folder: Path, submission: Submission, exercises: list[str], begins: Begins
    ) -> Seen:
        def start(limits: Limits, seconds: float) -> Worker:
            # The worker that stands by runs in the kit's own folder.
            return self._spare.take() if folder == self._kit.directory else started(folder)

        assignment = self._kit.assignment
        channel = WorkerChannel(
            submission,
            start,
            forbidden=forbidden_in(assignment),
            exercises=exercises,
            changes=assignment.changes,
        )
        try:
            return ready(self._kit).check(exercises, channel, submission, self._kit.notes(), begins)
        finally:
            channel.close()
            self._spare.refill(submission.framework)


def started(folder: Path) -> Worker:
    """Start a worker in *folder* that ignores Ctrl-C; this process stops it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return desk_worker(folder)
    finally:
        signal.signal(signal.SIGINT, before)
