"""What CI systems show beside a learner's own lines: annotations on GitHub, code quality on GitLab.

Messages may quote a learner's text. On GitHub, a line that begins with ``::`` is a command to the
machine, so everything is escaped.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.exercise import Text
from grader.language import _, current
from grader.outcome import MENDABLE, NOT_LOST, CheckResult, ExerciseResult, Outcome, Result
from grader.worker.definitions import lines_defining

from .points_text import nearest_decimal
from .safe_text import clean, clean_result, one_line

#: GitHub shows ten of a kind
_MOST = 10


@dataclass(frozen=True, slots=True)
class Annotation:
    """A remark on one exercise.

    Attributes:
        file: relative to the top of the repository; empty if it is not known.

        line: counted from 1; 0 if it is not known, as in a notebook.

        level: ``error``, ``warning`` or ``notice``.
    """

    file: str
    line: int
    level: str
    title: str
    text: str


def annotated(
    result: Result, titles: Mapping[str, Text], submission: Path, top: Path
) -> list[Annotation]:
    """Return a remark for each exercise with a check that did not pass.

    Args:
        titles: the exercises' titles by name.

        submission: the file or folder that was graded.

        top: the top of the repository.
    """
    found = []
    for exercise in clean_result(result).exercises:
        lost = [check for check in exercise.checks if check.outcome not in NOT_LOST]
        if lost:
            first = min(lost, key=lambda check: check.outcome not in MENDABLE)
            found.append(_annotation(exercise, first, titles, submission, top))
    if not result.exercises:
        found.append(Annotation("", 0, "error", result.assignment, _("No check ran.")))
    return found[:_MOST]


def to_github(found: Iterable[Annotation]) -> str:
    """Return the commands that show annotations in a job on GitHub, a line for each."""
    lines = []
    for one in found:
        place = {"file": one.file, "line": str(one.line or ""), "title": one.title}
        said = ",".join(f"{key}={_property(text)}" for key, text in place.items() if text)
        lines.append(f"::{one.level} {said}::{_data(one.text)}\n")
    return "".join(lines)


def to_gitlab(found: Sequence[Annotation]) -> bytes:
    """Return a report of code quality, which GitLab shows beside the lines of a merge request."""
    severity = {"error": "major", "warning": "minor", "notice": "info"}
    return json.dumps(
        [
            {
                "description": f"{one.title}: {one.text}",
                "check_name": "gradproof",
                "fingerprint": hashlib.sha256(f"{one.file}\0{one.title}".encode()).hexdigest(),
                "severity": severity[one.level],
                "location": {"path": one.file or ".", "lines": {"begin": one.line or 1}},
            }
            for one in found
        ],
        indent=1,
        ensure_ascii=False,
    ).encode()


def _annotation(
    exercise: ExerciseResult,
    check: CheckResult,
    titles: Mapping[str, Text],
    submission: Path,
    top: Path,
) -> Annotation:
    known = titles.get(exercise.exercise)
    title = one_line(known.get(current())) if known else exercise.exercise
    points = f"{nearest_decimal(exercise.points)}/{nearest_decimal(exercise.max_points)}"
    level = "warning" if check.outcome is Outcome.NOT_IMPLEMENTED else "error"
    parts = [one_line(check.sentence), check.message.strip(), *check.hints[:1]]
    text = clean("\n".join(part for part in parts if part))
    file, line = _place(exercise, check, submission)
    inside = file is not None and file.resolve().is_relative_to(top.resolve())
    shown = file.resolve().relative_to(top.resolve()).as_posix() if file and inside else ""
    return Annotation(shown, line if shown else 0, level, f"{title} ({points})", text)


def _place(
    exercise: ExerciseResult, check: CheckResult, submission: Path
) -> tuple[Path | None, int]:
    """Return the file that an exercise was taken from, and the line to show."""
    folder = submission if submission.is_dir() else submission.parent
    file = folder / exercise.source.file if exercise.source and exercise.source.file else None
    if not submission.is_dir():
        file = submission
    if file is None or file.suffix != ".py" or not file.is_file():
        return file, 0
    # the innermost of the learner's own lines, where the message names one
    form = re.escape(_("{file}, line {line}")).replace(r"\{file\}", re.escape(file.name))
    named = re.findall(form.replace(r"\{line\}", r"(\d+)"), check.message)
    if named:
        return file, int(named[-1])
    try:
        lines = lines_defining(file.read_text("utf-8"), exercise.exercise)
    except (OSError, UnicodeDecodeError):
        lines = None
    return file, (lines.start or 0) + 1 if lines else 1


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
