"""Do untouched starters run, in every framework, up to the first exercise that they call?

What an exercise needs is run with its checks. Here starters run as learners run them, whole, given
code and all; those of the reference's framework do so whenever the reference is loaded.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.course.catalogue import Course
from grader.exercise import Assignment

from . import starter_program
from .findings import Finding
from .fingerprint import identity_of, own_identity
from .kept_results import HOME, write_hidden
from .trials import is_installed, starter_code

#: how long the starters of one framework may take, in seconds
_PATIENCE = 600
#: no windows, no GPU, and no messages of the libraries
_QUIET = {"MPLBACKEND": "Agg", "TF_CPP_MIN_LOG_LEVEL": "3", "JAX_PLATFORMS": "cpu"}


def starter_findings(course: Course, assignments: Sequence[Assignment]) -> Iterator[Finding]:
    """Yield what stops starters in other frameworks than their references'.

    What is not installed is left out. Starters that ran are not run again while they, what is given
    with them and the libraries stay the same.
    """
    others = [(f, a) for a in assignments for f in a.frameworks if f != a.framework]
    for framework in sorted({f for f, _assignment in others if is_installed(f)}):
        theirs = [one for of, one in others if of == framework]
        codes = [starter_code(course, one, framework) for one in theirs]
        given = [course.given(one).identity for one in theirs]
        identity = identity_of([own_identity(), codes, given])
        kept = course.root / HOME / "audit" / f"starters_{framework}"
        if kept.is_file() and kept.read_text("utf-8").strip() == identity:
            continue
        found = list(_stopped(course, theirs, codes, framework))
        if not found:
            write_hidden(course.root, kept, identity.encode())
        yield from found


def _stopped(
    course: Course, assignments: Sequence[Assignment], codes: Sequence[str], framework: str
) -> Iterator[Finding]:
    with tempfile.TemporaryDirectory() as scratch:
        folders = [str(Path(scratch) / one.name) for one in assignments]
        for one, folder in zip(assignments, folders, strict=True):
            for name, data in course.given(one).files:
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            Path(folder).mkdir(exist_ok=True)
        ends = list(_run(list(zip(folders, codes, strict=True))))
    ends += [["the process ended", "", ""]] * (len(assignments) - len(ends))
    for one, end in zip(assignments, ends, strict=True):
        names = [exercise.name for exercise in one.exercises]
        if end is None or (end[0] == "NotImplementedError" and end[1] in names):
            continue
        kind, message, line = end
        what = f"the starter for {framework} does not run: {kind}"
        what += f": {message}" if message else ""
        what += f", at {line!r}; write a cell for it" if line else ""
        yield Finding(what, course.reference(one), subject=one.name)


def _run(pairs: Sequence[tuple[str, str]]) -> Iterator[list[str] | None]:
    """Run the starters, a folder and code each; yield what stopped each."""
    here = str(Path(starter_program.__file__).parents[2])
    paths = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))
    try:
        done = subprocess.run(
            [sys.executable, "-m", starter_program.__name__],
            input=json.dumps(pairs),
            capture_output=True,
            text=True,
            env=os.environ | _QUIET | {"PYTHONPATH": paths},
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        yield [f"nothing ended within {_PATIENCE} s", "", ""]
        return
    for line in done.stdout.splitlines():
        yield json.loads(line)
