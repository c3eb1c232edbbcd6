"""Releasing: the learner's kit, and the proof that it reveals no solution and no hidden check."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from grader.atomic_write import write_whole
from grader.checks.sentences import sentences_in
from grader.course.catalogue import Course
from grader.course.secrets import secrets_of
from grader.course.starters import render
from grader.course.toml_file import read_text
from grader.errors import AuthoringError, UsageError
from grader.exercise import HIDDEN_CHECKS, Assignment, Language, Text
from grader.grading.setup import plan_for, reference_for
from grader.language import _
from grader.sandbox.reference import ReferenceChannel, ReplayChannel, write_recording
from grader.scoring.check_runner import CheckRunner
from grader.scoring.session import collected_checks

from .hint_recording import record_hints
from .kit import CHECKS, GIVEN, HINTS, HOME, STARTER, kit_json
from .readme import readme
from .recorded_hints import write_hints

#: frameworks whose dtypes the recorded answers cover: one draws float32, one float64
_RECORDED = ("torch", "numpy")


def release(
    course: Course,
    assignment: Assignment,
    target: Path,
    language: Language,
    as_zip: bool = False,
    framework: str = "",
) -> Path:
    """Write the kit of *assignment* into the directory *target* and return its path.

    Args:
        language: the language of the starter and the README.

        framework: that of the starter; empty for that of the reference.

        as_zip: write ``<assignment>.zip`` instead of a folder.

    Raises:
        UsageError: something else already exists there.

        AuthoringError: the kit would reveal a solution, or the reference fails a check.
    """
    final = target / (f"{assignment.name}.zip" if as_zip else assignment.name)
    if final.exists():
        text = _("{path} already exists; remove it, or choose another directory.")
        raise UsageError(text.format(path=final))
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target, prefix=".release-") as scratch:
        kit = Path(scratch) / assignment.name
        _write(course, assignment, kit, language, framework or assignment.framework)
        _prove(course, assignment, kit)
        if as_zip:
            write_whole(final, _zipped(kit))
        else:
            shutil.move(kit, final)
    return final


def _write(
    course: Course, assignment: Assignment, kit: Path, language: Language, framework: str
) -> None:
    home = kit / HOME
    (home / STARTER).mkdir(parents=True)
    for name, text in render(course, assignment, language, framework).items():
        # the learner's own, and an unchanged copy
        for place in (kit, home / STARTER):
            (place / name).write_text(text, encoding="utf-8", newline="\n")
    for name, content in course.given(assignment).files:
        # the learner's own, and an unchanged copy
        for place in (kit / name, home / GIVEN / name):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
    text = readme(assignment, language, framework)
    (kit / "README.md").write_text(text, encoding="utf-8", newline="\n")
    checks = course.check_files(assignment, public_only=True)
    for path in (*checks, *course.helper_files(assignment, public_only=True)):
        copy = _in_kit(path, course.checks_dir(assignment), home)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    edition = replace(assignment, framework=framework)
    content = kit_json(edition, language, course.seed, _unseen(course, assignment))
    (home / "kit.json").write_bytes(content)
    plan = plan_for(course, assignment, public_only=True)
    reference = reference_for(course, assignment)
    with collected_checks(plan, reference) as runner:
        write_recording(_record(runner, reference), home / "answers")
        hints = record_hints(course, assignment, runner, reference, _RECORDED)
    (home / HINTS).mkdir()
    for exercise, known in hints.items():
        write_hints(known, home / HINTS / exercise)


def _unseen(course: Course, assignment: Assignment) -> dict[str, list[Text]]:
    """Return, by exercise, the sentences of hidden checks that no public check says."""
    found = {}
    for exercise in assignment.exercises:
        folder = course.folder(assignment, exercise.name)
        public, hidden = (
            list(sentences_in(read_text(path), path)) if path.exists() else []
            for path in (folder.public, folder.hidden)
        )
        found[exercise.name] = [one for one in dict.fromkeys(hidden) if one not in public]
    return found


def _in_kit(path: Path, checks: Path, home: Path) -> Path:
    """Return where a check, or a module that one imports, lies in the kit."""
    if path.is_relative_to(checks):
        return home / CHECKS / path.relative_to(checks)
    return home / path.relative_to(checks.parent)


def _record(runner: CheckRunner, reference: ReferenceChannel) -> dict[str, object]:
    """Return every answer of the reference that the public checks need.

    Raises:
        AuthoringError: a check fails, or needs an answer that cannot be recorded.
    """
    framework = runner.plan.assignment.framework
    recorded = replace(runner, reference=ReplayChannel(reference.answers, framework))
    for running in (runner, recorded):
        for name in _RECORDED:
            running.warm(reference.as_student(name))
    return dict(reference.answers)


def _prove(course: Course, assignment: Assignment, kit: Path) -> None:
    """Raise AuthoringError if a file of the kit contains a line of a solution or of a mistake.

    Nor may it contain a hidden check, or the name of one.
    """
    secrets = list(secrets_of(course, assignment))
    for path in sorted(p for p in kit.rglob("*") if p.is_file()):
        content = path.read_bytes().decode("utf-8", "replace")
        if path.suffix == ".ipynb":
            # in JSON every quote and backslash has a backslash before it
            content += "\n".join(_strings(json.loads(content)))
        if path.name == HIDDEN_CHECKS:
            raise AuthoringError("a hidden check is in the kit", path.relative_to(kit))
        for secret in secrets:
            if secret.is_in(content):
                what = f"the kit would reveal {secret.text!r} from {secret.origin}"
                raise AuthoringError(what, path.relative_to(kit))


def _strings(value: object) -> Iterator[str]:
    """Yield every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _zipped(kit: Path) -> bytes:
    """Return the kit as a zip with fixed dates, so that equal kits give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in kit.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(f"{kit.name}/{path.relative_to(kit).as_posix()}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return buffer.getvalue()
