"""An autograder for Classroom 50: the public checks of one assignment, and nothing else.

::

    autograder.py             what Classroom 50 runs for each submission
    kit/                      the kit that learners have: public checks, recorded answers
    constraints.txt           versions of everything that comes from PyPI
    gradproof-….whl           gradproof itself

Anybody who finds the address of the classroom's pages can read this folder, and learners' code runs
in the same job as grading. So it holds nothing that learners do not have, and its result is a help;
the grade comes from the course's own repository (``gradproof sweep``).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.atomic_write import write_all, write_whole
from grader.course.catalogue import Course
from grader.errors import SubmissionError, UsageError
from grader.exercise import Assignment, Language
from grader.grading.autograder import Autograder
from grader.grading.own_wheel import PACKAGES, pins, wheel
from grader.language import _
from grader.report.classroom50_json import Identity, nothing_read, to_classroom50
from grader.report.markdown import to_markdown

from .kit import Kit
from .kit_check import check_kit
from .release import release

#: what is in a learner's repository and is not the learner's work
_NOT_WORK = (".git", ".github", ".gradproof", ".classroom50.yaml", "result.json", "release-body.md")

_PROGRAM = '''\
"""Runs the public checks of @assignment@ for Classroom 50, in the learner's checkout.

On a runner that has gradproof, GRADPROOF_PYTHON names its Python, and nothing is installed.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main():
    python = os.environ.get("GRADPROOF_PYTHON")
    with tempfile.TemporaryDirectory() as folder:
        if not python:
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            python = str(Path(folder, "bin", "python"))
            install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            install += ["--constraint", HERE / "constraints.txt", HERE / "@wheel@"]
            subprocess.run([*install, *"@packages@".split()], check=True)
        command = [python, "-P", "-m", "grader", "autograder", "@assignment@"]
        command += ["--for", "classroom50", "--run", HERE / "kit"]
        # 4: nothing was graded, so there is no result, and Classroom 50 records an error
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
'''


def write_classroom50(
    course: Course,
    assignment: Assignment,
    target: Path,
    language: Language,
    frameworks: Iterable[str] = (),
) -> Autograder:
    """Write the autograder's folder to *target*.

    Args:
        language: that of reports.

        frameworks: to install; empty means those of the starters.

    Raises:
        UsageError: *target* exists already.

        AuthoringError: the kit would reveal a solution, or the reference fails a check.
    """
    if target.exists():
        text = _("{path} already exists; remove it, or choose another directory.")
        raise UsageError(text.format(path=target))
    wanted = tuple(frameworks) or assignment.frameworks
    name, built = wheel()
    versions = pins(wanted)
    packages = [package for one in wanted for package in PACKAGES[one]]
    program = _PROGRAM
    values = {"assignment": assignment.name, "wheel": name, "packages": " ".join(packages)}
    for key, value in values.items():
        program = program.replace(f"@{key}@", value)
    with tempfile.TemporaryDirectory(prefix="gradproof-") as folder:
        kit = release(course, assignment, Path(folder), language)
        files = {
            target / "kit" / path.relative_to(kit): path.read_bytes()
            for path in sorted(kit.rglob("*"))
            if path.is_file()
        }
    files[target / name] = built
    files[target / "constraints.txt"] = "".join(f"{n}=={v}\n" for n, v in versions.items()).encode()
    files[target / "autograder.py"] = program.encode()
    write_all(files)
    written = tuple(sorted(path.relative_to(target).as_posix() for path in files))
    return Autograder(written, tuple(one for one in packages if one not in versions))


def run_for_classroom50(kit_folder: Path, work: Path, environ: Mapping[str, str]) -> str:
    """Check the learner's checkout *work*, and write ``result.json`` and ``release-body.md`` there.

    Args:
        kit_folder: the kit of the autograder; one in the checkout does not count.

        environ: where Classroom 50 says what the submission is.

    Returns:
        Why there is no result; empty if there is one.
    """
    with tempfile.TemporaryDirectory(prefix="gradproof-") as folder:
        home = Path(folder) / "kit"
        shutil.copytree(kit_folder, home)
        for path in work.iterdir():
            if path.name in _NOT_WORK or path.is_symlink():
                continue
            if path.is_dir():
                shutil.copytree(path, home / path.name, dirs_exist_ok=True, ignore=_links)
            else:
                shutil.copy2(path, home / path.name)
        kit = Kit.find(home)
        identity = Identity.of(environ)
        try:
            result = check_kit(kit)
        except SubmissionError as error:
            written, body = nothing_read(str(error), kit.assignment, identity)
        else:
            if not result.final:
                return _("a check broke on our side")
            written = to_classroom50(result, identity)
            titles = kit.assignment.titles
            body = to_markdown(result, titles, kit.assignment.title)
    write_whole(work / "release-body.md", body.encode())
    write_whole(work / "result.json", written)
    return ""


def _links(folder: str, names: list[str]) -> set[str]:
    """Return those of *names* that are links."""
    return {name for name in names if Path(folder, name).is_symlink()}
