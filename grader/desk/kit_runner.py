"""A kit whose checks are collected once and stay ready in this process."""

from __future__ import annotations

import atexit
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.exercise import Chunk, Submission
from grader.kit.kit import HOME, Kit, chosen_exercises
from grader.kit.public_checks import require_checks
from grader.language import _
from grader.outcome import Isolation, Result
from grader.report.evidence import Evidence, evidence_of
from grader.sandbox.channel import StudentChannel
from grader.sandbox.from_scratch import forbidden_in
from grader.sandbox.live_channel import Cell, LiveChannel, framework_of
from grader.scoring.compared_calls import by_recording, judged_calls
from grader.scoring.ended_check import Begins, EndedCheck
from grader.scoring.follow_through import FollowThrough
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks
from grader.submission.digest import digest

#: the name of a live namespace in its report
LIVE = "notebook"


@dataclass(frozen=True, slots=True)
class Seen:
    """A result, the evidence of each failure by exercise and check, and what was checked."""

    result: Result
    evidence: Mapping[tuple[str, str], Evidence]
    submission: Submission


class KitRunner:
    """The checks of one kit, ready to run again and again.

    Raises:
        AuthoringError, InternalError: the kit is damaged.
    """

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self._answers = kit.answers()
        self._hints = kit.hints()
        with ExitStack() as stack:
            checks = collected_checks(kit.plan(), self._answers)
            self._runner = stack.enter_context(checks)
            self._open = stack.pop_all()
        self._channels: dict[str, LiveChannel] = {}

    def check_live(
        self,
        exercises: Collection[str],
        namespace: Mapping[str, Any],
        cells: Sequence[Cell],
        beside: Sequence[Cell] = (),
    ) -> Seen:
        """Check functions in a live *namespace*, created by *cells*.

        Args:
            exercises: only these; empty means all.

            beside: the learner's own modules that were imported.

        Raises:
            UsageError: there is no such exercise, or the framework of the cells is not installed.
        """
        framework = framework_of(cells, self.kit.assignment.framework)
        if framework not in self._channels:
            assignment = self.kit.assignment
            rules = (forbidden_in(assignment), assignment.changes)
            try:
                self._channels[framework] = LiveChannel(framework, *rules)
            except ImportError as error:
                text = _("This machine cannot run the submission: {what}.")
                raise UsageError(text.format(what=error)) from None
        channel = self._channels[framework]
        channel.update(namespace, cells, beside)
        identity = digest((cell.label, cell.text.encode()) for cell in cells)
        chunks = tuple(Chunk(cell.label, cell.text) for cell in (*beside, *cells))
        submission = Submission(LIVE, chunks, framework, identity)
        return self.check(exercises, channel, submission, self.kit.notes(live=True))

    def check(
        self,
        exercises: Collection[str],
        channel: StudentChannel,
        submission: Submission,
        notes: tuple[str, ...],
        begins: Begins | None = None,
    ) -> Seen:
        """Check the submission behind *channel*; *notes* are what to say of the kit's files.

        *begins* is called with each exercise's name before its checks run.

        Raises:
            UsageError: there is no such exercise, or the kit holds no check of it.
        """
        wanted = chosen_exercises(self.kit, exercises)
        found: dict[tuple[str, str], Evidence] = {}

        def look(ended: Sequence[EndedCheck]) -> None:
            for one in ended:
                evidence = self._evidence(one) if one.lost else None
                if evidence is not None:
                    found[one.check.exercise, one.check.name] = evidence

        job = Job("", submission, wanted)
        follow = FollowThrough(self.kit.assignment, submission)
        explain = self._hints.hints
        checks = self._runner.run(
            job, channel, observe=look, explain=explain, follow=follow, begins=begins
        )
        name = self.kit.assignment.name
        result = Result.of("", name, submission, checks, Isolation("desk"), notes)
        return Seen(require_checks(result), found, submission)

    def close(self) -> None:
        """End the session of the checks."""
        self._open.close()

    def _evidence(self, ended: EndedCheck) -> Evidence | None:
        if not ended.is_about_values:
            return None
        recordings = self._answers, self._hints.right(ended.check.exercise)
        return evidence_of(judged_calls(ended, by_recording(recordings, ended)), ended.found)


_ready: dict[Path, tuple[object, KitRunner]] = {}


def ready(kit: Kit) -> KitRunner:
    """Return the checks of *kit*, from memory if its files have not changed."""
    home = kit.directory / HOME
    files = [home / "kit.json", home / "answers", *home.glob("hints/*"), *home.glob("checks/*/*")]
    state = [(path, *_stamp(path)) for path in sorted(files)]
    known = _ready.get(kit.directory)
    if known is None or known[0] != state:
        forget(kit)
        _ready[kit.directory] = known = (state, KitRunner(kit))
    return known[1]


def _stamp(path: Path) -> tuple[int, int]:
    """Return date and size of a file; for a missing file, values that no file has."""
    try:
        found = path.stat()
    except OSError:
        return -1, -1
    return found.st_mtime_ns, found.st_size


def forget(kit: Kit) -> None:
    """Collect the checks of *kit* again when next needed, because a check was interrupted."""
    _stamps, runner = _ready.pop(kit.directory, (None, None))
    if runner is not None:
        runner.close()


@atexit.register
def forget_all() -> None:
    """End the sessions of all kits."""
    for _stamps, runner in _ready.values():
        runner.close()
    _ready.clear()
