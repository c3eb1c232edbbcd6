"""The levels of isolation: which to try, in what order, and what to say of the one that stands."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import InternalError
from grader.language import _
from grader.outcome import Isolation
from grader.worker import walls

from .isolation_tests import LAYERS

STRONGEST = next(iter(walls.LEVELS))
#: the level below every other that is chosen without being asked for
WEAKEST = "process"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to put walls up.

    Attributes:
        user: whom workers become, where the superuser grades; None for who grades.
    """

    level: str
    user: int | None = None

    @property
    def label(self) -> str:
        """What people know it by."""
        return self.level if self.user is None else _("{level}, as nobody").format(level=self.level)

    @property
    def may_leak(self) -> bool:
        """Whether it is taken even if a worker gets through: there is nothing weaker."""
        return self.level in (WEAKEST, "off")

    def around(self, command: list[str], package: Path, with_gpu: bool = False) -> list[str]:
        """Return the command that runs *command* behind the outer wall, if that is a program."""
        if self.level != "bubblewrap":
            return command
        return [*walls.bubblewrap(package, self.user is not None, with_gpu), *command]


def attempts(strongest: str) -> Iterator[Attempt]:
    """Yield what to try on Linux, from *strongest* down; ``off`` has nothing below it."""
    names = list(walls.LEVELS)
    below = names[names.index(strongest) : -1] or [strongest]
    for level in below:
        if level == "bubblewrap" and shutil.which("bwrap") is None:
            continue
        # Someone else may be unable to read the superuser's Python, or not be in the namespace.
        if is_superuser() and level != "off":
            yield Attempt(level, walls.NOBODY)
        if level != "user":
            yield Attempt(level)


def is_superuser() -> bool:
    """Return whether this process is the superuser; Windows has none."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def isolation_of(
    level: str,
    layers: Mapping[str, bool],
    passed_over: Mapping[str, str],
    allowed: Collection[str] = (),
) -> Isolation:
    """Return the walls as a report has them, with what an instructor must know.

    Args:
        layers: each layer and whether it holds.

        passed_over: by label of an attempt, why it is not this one.

        allowed: layers that the assignment does without.
    """
    missing = [name for name in LAYERS if not layers.get(name, False) and name not in allowed]
    warning = ""
    if missing:
        text = _("WEAK ISOLATION: around learners' code this is missing: {missing}.")
        whys = [f"{label}: {why}" for label, why in passed_over.items()]
        warning = " ".join([text.format(missing=_listed(missing)), *whys, advice()])
    return Isolation(level, dict(layers), warning)


def did_not_start(error: Exception) -> str:
    """Return the sentence for walls that cannot be put up, with the last that was said of it."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return _("cannot be had here ({reason}).").format(reason=lines[-1][:200])


def did_not_hold(layers: Iterable[str]) -> str:
    """Return the sentence for walls that a worker got through."""
    return _("did not hold when it was tried ({layers}).").format(layers=_listed(layers))


def _listed(layers: Iterable[str]) -> str:
    """Return layers for people; a report's keys are English everywhere."""
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
    return ", ".join(words[layer] for layer in layers)


def advice() -> str:
    """Return how to come by stronger walls."""
    if sys.platform != "linux":
        return _("Only Linux has them: grade there, or in a virtual machine or container of it.")
    return _("Install bubblewrap (`apt install bubblewrap`) and allow user namespaces.")


def require(isolation: Isolation, least: str) -> None:
    """Raise InternalError, with what to do, if *isolation* is weaker than the level *least*."""
    names = list(walls.LEVELS)
    if names.index(isolation.level) > names.index(least):
        text = _(
            "nothing was graded: this course asks for the isolation {least} (min_isolation in "
            "course.toml), and here there is only {level}. {advice}"
        )
        raise InternalError(text.format(least=least, level=isolation.level, advice=advice()))
