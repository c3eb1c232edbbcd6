"""The zip that grades one assignment on Gradescope's machines.

::

    setup.sh                  run once as root, when the image is built
    run_autograder            run as root for each submission
    constraints.txt           versions of everything that comes from PyPI
    gradproof-….whl           gradproof itself
    course/                   the parts of the course that grade this assignment

The zip holds the checks and the reference: it is as private as they are.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from grader.atomic_write import write_whole
from grader.course.catalogue import Course
from grader.course.packed import packed_course, write_course
from grader.errors import UsageError
from grader.exercise import Assignment
from grader.language import _, current
from grader.sandbox.isolation import WEAKEST
from grader.submission.framework import libraries

from .gradescope_scripts import RUN, SETUP, filled
from .own_wheel import PACKAGES, pins, wheel, zipped
from .secret_seed import secret_seed
from .setup import grading, reference_submission

#: workers are another user there at least, and the course is readable for root alone
LEAST = "user"
#: where everything is in the container
HOME = "/autograder"
ENVIRONMENT = "/opt/gradproof"


@dataclass(frozen=True, slots=True)
class Autograder:
    """What was written.

    Attributes:
        files: the names in the zip.

        unpinned: packages that are not installed here, so that their newest version is taken.
    """

    files: tuple[str, ...]
    unpinned: tuple[str, ...]


def write_autograder(
    course: Course,
    assignment: Assignment,
    target: Path,
    frameworks: Iterable[str] = (),
    hidden: str = "visible",
) -> Autograder:
    """Write the zip for *assignment* to *target*, once its parts have graded the reference.

    Args:
        frameworks: to install; empty means those of the starters.

        hidden: when learners see the results of hidden checks, one of
            :data:`grader.report.gradescope_json.VISIBILITIES`.

    Raises:
        UsageError: *target* is a folder.

        AuthoringError: the course is broken.
    """
    if target.is_dir():
        raise UsageError(_("{path} is a folder; name a zip file.").format(path=target))
    wanted = tuple(frameworks) or assignment.frameworks
    parts = packed_course(course, assignment, LEAST)
    # the same inputs as score draws, so that both give the same grades
    parts["results/seed"] = f"{secret_seed(course)}\n".encode()
    _try(parts, assignment.name)
    name, built = wheel()
    versions = pins(wanted)
    packages = [package for one in wanted for package in PACKAGES[one]]
    values = {
        "wheel": name,
        "packages": " ".join(packages),
        "mxnet": "yes" if "mxnet" in wanted else "",
        "python": f"{sys.version_info[0]}.{sys.version_info[1]}",
        "environment": ENVIRONMENT,
        "home": HOME,
        "assignment": assignment.name,
        "hidden": hidden,
        "language": current(),
    }
    whole = {f"course/{path}": data for path, data in parts.items()}
    whole[name] = built
    whole["constraints.txt"] = "".join(f"{n}=={v}\n" for n, v in versions.items()).encode()
    programs = {"setup.sh": filled(SETUP, values), "run_autograder": filled(RUN, values)}
    write_whole(target, zipped({**whole, **programs}, programs), private=True)
    missing = tuple(package for package in packages if package not in versions)
    return Autograder(tuple(sorted({**whole, **programs})), missing)


def _try(parts: Mapping[str, bytes], name: str) -> None:
    """Grade the reference with nothing but these *parts*; raises AuthoringError."""
    with tempfile.TemporaryDirectory(prefix="gradproof-") as folder:
        write_course(parts, Path(folder))
        # this machine's isolation says nothing of that of the other
        course = replace(Course.load(Path(folder)), min_isolation=WEAKEST)
        task = course.assignment(name)
        with grading(course, task, libraries([reference_submission(course, task)]), secret=""):
            pass
