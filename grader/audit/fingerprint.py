"""Fingerprints of everything that the audit of an exercise depends on."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import platform
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from grader.course.source import code_cell
from grader.grading.versions import common_versions
from grader.language import current
from grader.submission.needed_code import needed_code

from .trials import AuditedExercise, Trial


class Fingerprints:
    """Computes the fingerprints of exercises; shared files are read once.

    Args:
        level: the requested isolation. The actual isolation is known only with a worker.
    """

    def __init__(self, level: str) -> None:
        self._shared = [level, own_identity()]

    def of(self, audited: AuditedExercise) -> str:
        """Return the identity of everything that the trials and mutants of an exercise share.

        Statements, titles and hints are not part of it, nor is the code of other exercises that
        this one does not use.
        """
        course, assignment, exercise = audited.course, audited.assignment, audited.exercise
        facts = [
            self._shared,
            course.seed,
            [assignment.name, assignment.framework, assignment.allow_tf32],
            [exercise.name, dataclasses.astuple(exercise.limits), exercise.precision],
            exercise.forbidden,
            course.given(assignment).identity,
            code_cell(audited.cells, exercise.name).text,
            list(_code(audited)),
        ]
        return identity_of(facts, _check_files(audited))


@cache
def own_identity() -> str:
    """Return the identity of gradproof's own code, the libraries and the language."""
    facts = [current(), sys.version, platform.machine(), dict(common_versions())]
    return identity_of(facts)


def trial_key(trial: Trial) -> str:
    """Return the key of a trial's results among those of the exercise."""
    return identity_of([trial.kind, trial.name, trial.seed, trial.identity])[:24]


def identity_of(facts: object, files: Iterable[Path] = ()) -> str:
    """Return the identity of *facts*, which JSON can express, and of the content of *files*."""
    digest = hashlib.sha256(json.dumps(facts).encode())
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _code(audited: AuditedExercise) -> Iterator[str]:
    """Yield the identity of the code that the reference, with or without a mistake, may run."""
    edits = " ".join(mistake.replacement for mistake in audited.mistakes)
    words = {audited.name, *re.findall(r"\w+", edits)}
    names = [e.name for e in audited.assignment.exercises if e.name in words]
    yield from needed_code(audited.reference, names).values()


def _check_files(audited: AuditedExercise) -> list[Path]:
    """Return the checks and the modules that they may import."""
    folder = audited.folder
    others = [folder.path.parent, folder.path.parent.parent]
    helpers = [path for home in others for path in home.glob("*.py")]
    return sorted({*folder.path.rglob("*.py"), *helpers} - {*folder.offences})
