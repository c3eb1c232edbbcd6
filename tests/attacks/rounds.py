"""Runs the whole corpus: every attack behind every kind of walls and by every user, and controls.

Each run is a process of its own, so that one that is hurt hurts no other; three go at a
time, since much of it is waiting for deadlines.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox.isolation import STRONGEST
from grader.sandbox.scratch_directory import remove

from .corpus import Attack, submissions

ROOT = Path(__file__).parents[2]
#: the first of those whom the superuser lets grade as ordinary users: no one's processes are hurt,
#: nor those of a second run of the tests on the same machine
ORDINARY = 31337 + os.getpid() % 1000 * 16
SUPERUSER, USER = "root", "an ordinary user"
PRIVATE_ROOT = "private root"
WITH = " with processes"
#: what a zygote may have imported beside NumPy and PyTorch
FRAMEWORKS = ("tensorflow", "jax", "mxnet")
#: set by ``make test-attacks``: with each of these, every attack runs at every level, which takes
#: hours; otherwise those that tell levels apart do, at the strongest one
EVERY = "GRADPROOF_EVERY_ATTACK"
#: what tells a level from others: of the other families nothing depends on it
_TELLING = ("steal", "speak", "persist")
#: an interpreter of the same version that is no one's own, and one that borrows its packages
_SYSTEM = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True, slots=True)
class Round:
    """One run.

    Attributes:
        command: the module that runs it, and its arguments before the file that it writes.

        user: who runs it.

        covered: families of attacks, and attacks, that are run; none means all.

        anyones: whether by a Python that everyone can read: without, no worker is another user.
    """

    name: str
    command: tuple[str, ...]
    user: str
    covered: tuple[str, ...] = ()
    anyones: bool = False

    @property
    def framework(self) -> str:
        """The framework that the zygote has imported, too; empty if there is none."""
        return next((name for name in FRAMEWORKS if f" with {name}," in self.name), "")

    def covers(self, attack: Attack) -> bool:
        """Whether *attack* is one of those that are run."""
        return not self.covered or bool({attack.family, attack.name} & set(self.covered))


def rounds() -> list[Round]:
    """Return the runs: the controls are the ordinary user's, for what they may damage."""
    found = [
        Round("classic", ("classic",), USER),
        Round("off", ("grading", "off"), USER),
        Round(f"{STRONGEST}, {USER}", ("grading", STRONGEST), USER),
        Round(f"landlock, {USER}", ("grading", "landlock"), USER),
        *(
            Round(f"{level}{WITH}, {USER}", ("grading", f"{level}{WITH}"), USER, _TELLING)
            for level in (STRONGEST, "landlock")
        ),
        *_rounds_with_frameworks(),
        Round("naive", ("naive",), USER),
        Round("collector", ("collecting",), USER),
    ]
    if os.geteuid() == 0:
        found.insert(2, Round(f"{STRONGEST}, {SUPERUSER}", ("grading", STRONGEST), SUPERUSER))
        found.insert(4, Round(f"landlock, {SUPERUSER}", ("grading", "landlock"), SUPERUSER))
        user = ("grading", "user")
        telling = (*_TELLING, "exhaust/threads_of_neighbour")
        found.insert(6, Round(f"user, {SUPERUSER}", user, SUPERUSER, telling, anyones=True))
        for name in FRAMEWORKS if EVERY in os.environ else ():
            walls = f"user with {name}"
            command = ("grading", walls)
            found.append(Round(f"{walls}, {SUPERUSER}", command, SUPERUSER, telling, anyones=True))
    return found


def _rounds_with_frameworks() -> list[Round]:
    """Return the runs with another framework imported: some, or every attack at every level.

    The level that bubblewrap mostly takes the place of is then tried alone, too.
    """
    levels, covered = ((STRONGEST,), _TELLING)
    alone = []
    if EVERY in os.environ:
        levels, covered = ((STRONGEST, PRIVATE_ROOT, "landlock"), ())
        alone = [Round(f"{PRIVATE_ROOT}, {USER}", ("grading", PRIVATE_ROOT), USER)]
    return alone + [
        Round(f"{level} with {name}, {USER}", ("grading", f"{level} with {name}"), USER, covered)
        for name in FRAMEWORKS
        for level in levels
    ]


def run_all(
    names: Sequence[str] = (), chosen: Collection[str] = (), seconds: float = 3600
) -> dict[str, dict[str, Any]]:
    """Run everything, or only attacks of these *names* in *chosen* rounds; return what each found.

    A round that did not come to its end has ``error`` in its place.
    """
    place = Path(tempfile.mkdtemp(prefix="gradproof-rounds-"))
    place.chmod(0o755)
    try:
        borrowed = _borrowed(place)
        todo = []
        for number, one in enumerate(rounds()):
            if chosen and one.name not in chosen:
                continue
            # each its own user: what the kernel counts of one is nothing to another
            user = _as_ordinary_user(borrowed, ORDINARY + number) if one.user == USER else None
            as_superuser = [borrowed if one.anyones else sys.executable]
            todo.append((one, as_superuser if user is None else user))
        with ThreadPoolExecutor(3) as pool:
            ended = pool.map(lambda pair: _run(place, *pair, names, seconds), todo)
            return dict(zip([one.name for one, _base in todo], ended, strict=True))
    finally:
        remove(place)


def _run(
    place: Path, one: Round, base: Sequence[str], names: Sequence[str], seconds: float
) -> dict[str, Any]:
    if (library := one.framework) and find_spec(library) is None:
        return {"error": f"{library} is not installed"}
    if not base:
        return {"error": f"{USER} cannot read this Python installation"}
    if one.covered:
        covered = [attack.name for attack in submissions() if one.covers(attack)]
        # a name that there is none of: no name at all would be all of them
        names = [name for name in covered if name in names or not names] or ["none"]
    # a short path: that of a socket below it is limited
    home = Path(tempfile.mkdtemp(prefix="", dir=place))
    home.chmod(0o777)
    module, *arguments = one.command
    command = [*base, "-m", f"tests.attacks.{module}", *arguments, str(home / "out.json"), *names]
    environment = {"HOME": str(home), "TMPDIR": str(home), "PATH": os.environ["PATH"]}
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
        found: dict[str, Any] = json.loads((home / "out.json").read_text())
    except subprocess.TimeoutExpired:
        return {"error": f"no end within {seconds} s"}
    except OSError:
        return {"error": done.stderr[-2000:]}
    (home / "out.json").unlink()
    found["left over"] = sorted(path.name for path in home.iterdir())
    return found


def _as_ordinary_user(borrowed: str, user: int) -> list[str]:
    """Return the start of a command that runs Python as an ordinary user; empty if none can."""
    if os.geteuid() != 0:
        return [sys.executable]
    become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--"]
    if shutil.which("setpriv") is None:
        return []
    for python in (sys.executable, borrowed):
        # By way of env, since setpriv looks for a program with the superuser's eyes.
        probe = [*become, "env", python, "-c", "import numpy, pytest, msgspec, grader"]
        if subprocess.run(probe, cwd=ROOT, capture_output=True, check=False).returncode == 0:
            return [*become, "env", python]
    return []


def _borrowed(place: Path) -> str:
    """Return an environment of the system's interpreter with the packages of this one.

    Where the superuser's Python lies in a home, no one else can run it.
    """
    home = place / "python"
    make = [_SYSTEM, "-m", "venv", "--without-pip", str(home)]
    if not Path(_SYSTEM).exists() or subprocess.run(make, check=False).returncode != 0:
        return sys.executable
    for packages in home.glob("lib/python*/site-packages"):
        remove(packages)
        packages.symlink_to(Path(pytest.__file__).parents[1])
    return str(home / "bin" / "python")
