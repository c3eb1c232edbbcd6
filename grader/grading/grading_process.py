"""A grading process on a machine of a cluster.

A worker of the cluster is a process with many threads, which must not fork. So each of its threads
that grades starts a process of its own, as ``gradproof score`` does on one machine. It holds the
course, a zygote and the collected checks, and grades one submission after another. It ends when the
worker does, since its pipe is closed then.

Both ends are trusted, so what goes through the pipe is pickled. Learners' code runs in workers of
the zygote, behind the walls of this machine.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from socket import socketpair
from typing import Any

from grader import language
from grader.errors import AuthoringError, GraderError, InternalError
from grader.exercise import Language
from grader.outcome import Isolation, Result
from grader.scoring.plan import Job

from .course_bundle import Bundle
from .setup import Grading, Unread, grading


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run of ``gradproof score`` asks of every grading process.

    Attributes:
        wanted: libraries that submissions need.

        secret: the seed of hidden checks.

        level: the strongest isolation to try.
    """

    assignment: str
    wanted: tuple[str, ...]
    secret: str
    device: str
    level: str
    language: Language


@dataclass(frozen=True, slots=True)
class UnreadWork:
    """A submission that cannot be read, and whose it is: its report says why."""

    learner: str
    unread: Unread


class ProcessDied(Exception):
    """The grading process ended without an answer."""


class GradingProcess:
    """A process that grades submissions to one assignment.

    Attributes:
        isolation: of learners' code on this machine.

    Raises:
        AuthoringError, InternalError: it cannot grade; the message says why.

        ProcessDied: it ended before it was ready.
    """

    def __init__(self, bundle: Bundle, settings: Settings) -> None:
        ours, theirs = socketpair()
        program = f"from {__name__} import main; main({theirs.fileno()})"
        command = [sys.executable, "-P", "-c", program]
        with theirs:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
            )
        self._pipe = Connection(ours.detach())
        self.isolation: Isolation = self._ask((bundle, settings))

    def grade(self, work: Job | UnreadWork) -> Result:
        """Return the result of one submission; raises what the class does."""
        result: Result = self._ask(work)
        return result

    def close(self) -> None:
        """End it, whatever it does."""
        self._pipe.close()
        self._process.kill()
        self._process.wait()

    def _ask(self, request: object) -> Any:
        try:
            self._pipe.send(request)
            answer = self._pipe.recv()
        except (EOFError, OSError):
            self.close()
            raise ProcessDied from None
        if isinstance(answer, GraderError):
            raise answer
        return answer


def serve(pipe: Connection) -> None:
    """Prepare what the first message asks for, then grade what comes, until the pipe is closed."""
    bundle, settings = pipe.recv()
    language.use(settings.language)
    with tempfile.TemporaryDirectory(prefix="gradproof-course-") as home:
        try:
            course = bundle.unpack(Path(home))
            with grading(
                course,
                course.assignment(settings.assignment),
                settings.wanted,
                secret=settings.secret,
                device=settings.device,
                level=settings.level,
            ) as ready:
                pipe.send(ready.isolation)
                warmed: set[str] = set()
                while True:
                    pipe.send(_graded(ready, pipe.recv(), warmed))
        except EOFError:
            return
        except GraderError as error:
            pipe.send(_portable(error))


def _graded(ready: Grading, work: Job | UnreadWork, warmed: set[str]) -> Result | GraderError:
    """Return the result, or the error: one submission never stops the others.

    Args:
        warmed: the frameworks whose answers of the reference are cached; more may be added.
    """
    try:
        if isinstance(work, UnreadWork):
            return ready.grade_unread(work.learner, work.unread)
        for framework in {part.framework for part in work.submission.parts} - warmed:
            ready.runner.warm(ready.reference.as_student(framework))
            warmed.add(framework)
        return ready.grade(work)
    except GraderError as error:
        return _portable(error)
    except Exception as error:
        return InternalError(f"{type(error).__name__}: {error}")


def _portable(error: GraderError) -> GraderError:
    """Return an error with the same text and exit code, which can be pickled."""
    kind = AuthoringError if isinstance(error, AuthoringError) else InternalError
    return kind(str(error))


def main(descriptor: int) -> None:
    """Serve the pipe that a file descriptor is an end of."""
    serve(Connection(descriptor))
