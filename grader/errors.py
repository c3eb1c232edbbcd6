"""The errors that gradproof raises, by who can fix them.

::

    GraderError
    ├─ AuthoringError     the course must be fixed: file:line, what, what to do
    ├─ SubmissionError    the learner must fix it
    │  ├─ Unwritten       the starter's ``NotImplementedError``, or no such function
    │  ├─ Raised          the learner's code raised
    │  ├─ Forbidden       it uses something that the exercise forbids
    │  ├─ TimedOut        no whole reply before the deadline
    │  ├─ NoDevice        this machine does not have the requested device
    │  └─ Crashed         the worker died, or sent something unreadable
    └─ InternalError      ours or the machine's
       └─ MachineBusy     the machine gave a check too little of itself

Only ``cli.py`` turns these into text on a screen and an exit code.
"""

from __future__ import annotations

from pathlib import Path


class GraderError(Exception):
    """Base of every error that gradproof raises on purpose."""

    exit_code = 4


class AuthoringError(GraderError):
    """The course must be fixed.

    Args:
        what: the problem, and what to do about it.

        path: the file with the error, if any.

        line: the line in *path*, counted from 1.
    """

    exit_code = 3

    def __init__(self, what: str, path: Path | str | None = None, line: int | None = None) -> None:
        self.what = what
        self.path = path
        self.line = line
        super().__init__(what)

    def __str__(self) -> str:
        if self.path is None:
            return self.what
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.what}"


class UsageError(GraderError):
    """The command was asked for something that does not exist or cannot be done."""

    exit_code = 2


class SubmissionError(GraderError):
    """The submission cannot be run further.

    Args:
        message: the text for the learner; may quote values.

        headline: the same without values, for hidden checks.

        library: a library that the submission needs and that is not installed here, if any.
    """

    exit_code = 1

    def __init__(self, message: str, headline: str = "", library: str = "") -> None:
        super().__init__(message)
        self.headline = headline or message
        self.library = library


class Unwritten(SubmissionError):
    """The function is missing, or still raises ``NotImplementedError``."""


class Raised(SubmissionError):
    """The learner's code raised an exception."""


class Forbidden(SubmissionError):
    """The learner's code uses a library function that the exercise forbids."""


class TimedOut(SubmissionError):
    """The learner's code did not answer before the deadline."""


class Crashed(SubmissionError):
    """The process that ran the learner's code died, or broke the protocol."""


class NoDevice(SubmissionError):
    """The submission should run on a device that this machine does not have."""


class InternalError(GraderError):
    """An error of gradproof or of the machine. It never costs a learner points."""

    exit_code = 4


class NotInstalled(InternalError):
    """The submission's framework is not installed on this machine.

    Args:
        library: the framework.
    """

    def __init__(self, message: str, library: str) -> None:
        super().__init__(message)
        self.library = library


class MachineBusy(InternalError):
    """The machine gave learners' code too little time or memory to tell what it does."""
