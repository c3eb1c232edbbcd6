"""A zip that hands grades over to Gradescope, which takes none from outside in another way.

It is uploaded as an autograder and run again for all submissions: for each, it looks up the results
that ``score`` gave to exactly these files. It holds no checks, and runs no learner's code.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.language import _
from grader.report.gradescope_json import nobody_graded, to_gradescope
from grader.submission.files import CODE

from .graded_class import GradedClass
from .own_wheel import zipped
from .score import submissions_of

_SETUP = b"""#!/usr/bin/env bash
# Run once, as root, when Gradescope builds the image: nothing but Python is needed.
set -euo pipefail
command -v python3 >/dev/null || { apt-get update && apt-get install -y python3; }
chmod -R go= /autograder/source
"""
_RUN = b"""#!/usr/bin/env bash
exec python3 /autograder/source/hand_over.py /autograder
"""
_HAND_OVER = '''\
"""Hands over the results that these very files have, whoever handed them in first."""

import hashlib
import json
import sys
from pathlib import Path

HOME = Path(sys.argv[1])
CODE = tuple(@code@)


def sha(data):
    return hashlib.sha256(data).hexdigest()


def known_as():
    """Return what the submitters are called, in the form of the list."""
    try:
        users = json.loads((HOME / "submission_metadata.json").read_bytes())["users"]
        texts = [str(user[key]) for user in users for key in ("email", "name", "id") if key in user]
    except (OSError, ValueError, KeyError, TypeError):
        texts = []
    return {sha(text.strip().casefold().encode()) for text in texts}


def main():
    grades = json.loads((HOME / "source" / "grades.json").read_bytes())
    top = HOME / "submission"
    paths = [path for path in sorted(top.rglob("*")) if path.is_file() and not path.is_symlink()]
    files = {path.relative_to(top).as_posix(): sha(path.read_bytes()) for path in paths}

    def is_about(graded):
        same = all(files.get(name) == found for name, found in graded["files"].items())
        new = [name for name in files if name.endswith(CODE) and name not in graded["files"]]
        return same and not new

    found = [graded for graded in grades["graded"] if is_about(graded)]
    names = known_as()
    found = [graded for graded in found if names & set(graded["names"])] or found
    results = {json.dumps(graded["results"], sort_keys=True) for graded in found}
    chosen = json.loads(results.pop()) if len(results) == 1 else grades["nobody"]
    (HOME / "results").mkdir(exist_ok=True)
    (HOME / "results" / "results.json").write_text(json.dumps(chosen), encoding="utf-8")


main()
'''


def relay(course: Course, everybody: GradedClass) -> bytes:
    """Return the zip with the results of *everybody*; raises UsageError if one is damaged."""
    task = everybody.assignment
    titles = task.titles
    store = submissions_of(course)
    graded = []
    for learner, result in everybody.results.items():
        version = store.latest(task.name, learner)
        if version is None:
            raise UsageError(
                _("{learner} has not submitted {name}.").format(learner=learner, name=task.name)
            )
        said = everybody.metadata[learner]
        names = filter(None, (learner, said.name, said.platform_id))
        graded.append(
            {
                "files": _digests(version.path),
                "names": [_sha(name.strip().casefold().encode()) for name in names],
                "results": json.loads(to_gradescope(result, titles)),
            }
        )
    why = _("These files have no grade yet. Your instructor grades them and runs this again.")
    grades = {"nobody": json.loads(nobody_graded([why])), "graded": graded}
    programs = {"setup.sh": _SETUP, "run_autograder": _RUN}
    data = {
        "hand_over.py": _HAND_OVER.replace("@code@", repr(CODE)).encode(),
        "grades.json": json.dumps(grades, ensure_ascii=False).encode(),
    }
    return zipped({**programs, **data}, programs)


def _digests(folder: Path) -> dict[str, str]:
    """Return the digest of each collected file, by its path."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): _sha(path.read_bytes()) for path in paths}


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
