"""Isolation levels: the order in which they are tried, and the messages about them."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import InternalError
from grader.language import SENTENCES, _, listed
from grader.outcome import Isolation
from grader.worker import walls

from .isolation_tests import LAYERS

STRONGEST = next(iter(walls.LEVELS))
#: the weakest level that is used unless another is asked for
WEAKEST = "process"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An isolation level and a user to try it with.

    Attributes:
        user: the user that workers become if root grades; None for the grader's own user.
    """

    level: str
    user: int | None = None

    @property
    def label(self) -> str:
        """The name for messages."""
        return self.level if self.user is None else _("{level}, as nobody").format(level=self.level)

    @property
    def may_leak(self) -> bool:
        """Whether it is used even if its test fails, because there is nothing weaker."""
        return self.level in (WEAKEST, "off")

    def around(self, command: list[str], package: Path, with_gpu: bool = False) -> list[str]:
        """Return the command that runs *command* in bubblewrap, if this level uses it."""
        if self.level != "bubblewrap":
            return command
        return [*walls.bubblewrap(package, self.user is not None, with_gpu), *command]


def candidates(strongest: str) -> Iterator[Candidate]:
    """Yield what to try on Linux, from *strongest* down; after ``off``, nothing."""
    names = list(walls.LEVELS)
    below = names[names.index(strongest) : -1] or [strongest]
    for level in below:
        if level == "bubblewrap" and shutil.which("bwrap") is None:
            continue
        # Nobody may be unable to read root's Python, or not exist in the namespace.
        if is_superuser() and level != "off":
            yield Candidate(level, walls.NOBODY)
        if level != "user":
            yield Candidate(level)


def is_superuser() -> bool:
    """Return whether this process runs as root; false on Windows."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def isolation_of(
    level: str,
    layers: Mapping[str, bool],
    passed_over: Mapping[str, str],
    allowed: Collection[str] = (),
) -> Isolation:
    """Return the isolation for reports, with a warning if something is missing.

    Args:
        layers: whether each layer holds.

        passed_over: why stronger levels were not used, by label.

        allowed: layers that the assignment switches off.
    """
    missing = [name for name in LAYERS if not layers.get(name, False) and name not in allowed]
    warning = ""
    if missing:
        text = _("WEAK ISOLATION: learners' code runs without: {missing}.")
        whys = [f"{label}: {why}" for label, why in passed_over.items()]
        warning = listed([text.format(missing=_listed(missing)), *whys, advice()], SENTENCES)
    return Isolation(level, dict(layers), warning)


def did_not_start(error: Exception) -> str:
    """Return the message for a level that cannot start, with the last line of *error*."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return _("not available here ({reason}).").format(reason=lines[-1][:200])


def did_not_hold(layers: Iterable[str]) -> str:
    """Return the message for a level whose test failed."""
    return _("failed its test ({layers}).").format(layers=_listed(layers))


def no_landlock() -> str:
    """Return the message for a level whose wall the kernel does not have."""
    return _("not available here (the kernel has no Landlock).")


def _listed(layers: Iterable[str]) -> str:
    """Return translated names of layers; the keys of reports are always English."""
    words = {
        "files of the grader unreadable": _("files of the grader unreadable"),
        "nothing written elsewhere": _("nothing written elsewhere"),
        "no network": _("no network"),
        "grader's memory unreadable": _("grader's memory unreadable"),
        "no signals to others": _("no signals to others"),
        "no new processes": _("no new processes"),
        "no other programs": _("no other programs"),
        "memory limit": _("memory limit"),
        "disk limit": _("disk limit"),
        "an ordinary user": _("an ordinary user"),
    }
    return listed(words[layer] for layer in layers)


def advice() -> str:
    """Return how to get stronger isolation."""
    if sys.platform == "win32":
        return _(
            "Stronger isolation needs Linux: grade there, in WSL (`wsl --install`), or in a Linux "
            "container."
        )
    if sys.platform != "linux":
        return _(
            "Stronger isolation needs Linux: grade there, or in a Linux virtual "
            "machine or container."
        )
    return _("Install bubblewrap (`apt install bubblewrap`) and allow user namespaces.")


def require(isolation: Isolation, least: str) -> None:
    """Raise InternalError, with advice, if *isolation* is weaker than the level *least*."""
    names = list(walls.LEVELS)
    if names.index(isolation.level) > names.index(least):
        text = _(
            "nothing was graded: this course requires isolation level {least} "
            "(min_isolation in course.toml), but only {level} is available here. "
            "{advice}"
        )
        raise InternalError(text.format(least=least, level=isolation.level, advice=advice()))
