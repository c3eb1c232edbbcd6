"""The results of a course in ``results/<assignment>/<learner>/``, written so that nothing is lost.

A report contains the fingerprint of everything that its grade depends on; scoring again grades only
submissions whose fingerprint has changed.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

import grader
from grader.atomic_write import write_all, write_whole
from grader.errors import GraderError, UsageError
from grader.exercise import Assignment, Exercise, Submission
from grader.installed import version_of
from grader.language import _, current
from grader.outcome import Isolation, Result
from grader.report.json_report import from_json, is_old, to_json
from grader.worker import gpu

from .plan import Plan

#: the packages of the frameworks that only some submissions use
_PACKAGES = {
    "tensorflow": ("tensorflow", "tensorflow-cpu", "keras"),
    "jax": ("jax", "jaxlib"),
    "mxnet": ("mxnet",),
}


class Results:
    """The reports of one assignment.

    Args:
        root: the course's ``results/`` directory.
    """

    def __init__(self, root: Path, assignment: str) -> None:
        self.directory = root / assignment

    def path(self, learner: str, name: str = "report.json") -> Path:
        """Return the path of a learner's report."""
        return self.directory / learner / name

    def read(self, learner: str) -> tuple[Result, str | None] | None:
        """Return a learner's result and its fingerprint; None if there is no readable one."""
        try:
            return from_json(self.path(learner).read_bytes())
        except (OSError, GraderError):
            return None

    def read_attempt(self, learner: str, digest: str) -> tuple[Result, str | None] | None:
        """Return the result of the attempt with this digest, where several may count."""
        try:
            return from_json(self._attempt(learner, digest).read_bytes())
        except (OSError, GraderError):
            return None

    def write_attempt(self, result: Result, digest: str, fingerprint: str) -> None:
        """Write the result of an attempt, of which another may count."""
        write_whole(self._attempt(result.learner, digest), to_json(result, fingerprint))

    def _attempt(self, learner: str, digest: str) -> Path:
        return self.directory / learner / "attempts" / f"{digest[:12]}.json"

    def require_current(self, learners: Iterable[str]) -> None:
        """Raise UsageError if a report of *learners* has an older format.

        It would otherwise be treated as missing.
        """
        paths = filter(Path.is_file, map(self.path, learners))
        old = sum(is_old(path.read_bytes()) for path in paths)
        if old:
            text = _(
                "Reports in {directory} from an older version of gradproof: {count}. Run: "
                "gradproof migrate"
            )
            raise UsageError(text.format(count=old, directory=self.directory))

    def write(self, result: Result, fingerprint: str, markdown: str) -> None:
        """Write a learner's reports; the JSON last, since its presence means that both exist.

        If the disk is full, both remain unchanged.
        """
        report, page = self.path(result.learner), self.path(result.learner, "report.md")
        write_all({report: to_json(result, fingerprint), page: markdown.encode()})


def course_fingerprint(plan: Plan, sources: Iterable[Path], isolation: Isolation) -> str:
    """Return the identity of everything that a grade depends on, except the submission.

    Args:
        plan: the assignment with points and limits, the seed, the device, the check files.

        sources: reference and known mistakes.

        isolation: the isolation of the learner's code.
    """
    digest = hashlib.sha256()
    for path in [*plan.check_files, *sources, *own_sources()]:
        # With the folder, since the files of all exercises have the same names.
        name = "/".join(path.parts[-2:])
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    facts = [
        _facts(plan.assignment),
        plan.seed,
        plan.secret,
        plan.given.identity,
        plan.device,
        # The GPU may have been added since.
        [str(path) for path in gpu.nodes()] if plan.device != "cpu" else [],
        isolation.level,
        list(isolation.layers.items()),
        *machine_facts(),
    ]
    digest.update(json.dumps(facts, sort_keys=True).encode())
    return digest.hexdigest()


def submission_fingerprint(course: str, submission: Submission) -> str:
    """Return the identity of everything that the grade of *submission* depends on."""
    framework = " ".join([submission.framework, *framework_versions(submission.framework)])
    parts = (course, submission.digest, framework, submission.name, *submission.notes)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _facts(assignment: Assignment) -> list[object]:
    exercises = [
        [e.name, e.title.en, e.title.zh, str(e.points), *_limits(e), *e.precision, e.forbidden]
        for e in assignment.exercises
    ]
    return [assignment.name, assignment.framework, assignment.allow_tf32, exercises]


def _limits(exercise: Exercise) -> tuple[object, ...]:
    return dataclasses.astuple(exercise.limits)


def framework_versions(framework: str) -> tuple[str, ...]:
    """Return the versions of what only results in *framework* depend on, by package."""
    found = ((package, version_of(package)) for package in _PACKAGES.get(framework, ()))
    return tuple(f"{package} {version}" for package, version in found if version)


def machine_facts() -> list[object]:
    """Return what every result depends on beside files: language, machine, versions."""
    versions = {name: version_of(name) for name in ("numpy", "scipy", "torch", "pytest")}
    return [current(), sys.version, platform.machine(), versions]


def own_sources() -> list[Path]:
    """Return gradproof's own code, with the catalogues: reports are kept with their sentences."""
    package = Path(grader.__file__).parent
    return sorted(path for path in package.rglob("*") if path.suffix in {".py", ".mo"})
