"""Finds missing, stray, stale and unfinished files without running anything."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from grader.course.catalogue import Course, catalogue_file
from grader.course.check_helpers import helpers_of
from grader.course.secrets import public_files, secrets_of
from grader.course.toml_file import TomlFile
from grader.errors import AuthoringError
from grader.exercise import Assignment
from grader.submission.file_dates import dates_of
from grader.submission.slot import Status, found_in

from .exercise_audit import VARIANTS_WANTED, left_to_write
from .findings import Finding, about
from .fingerprint import identity_of, own_identity
from .kept_results import HOME, write_hidden
from .trials import AuditedExercise


def course_findings(course: Course, exercises: Sequence[AuditedExercise]) -> Iterator[Finding]:
    """Yield findings on the files of *exercises* and on those of the whole course."""
    yield from _titles(course)
    yield from _starters(course)
    assignments = list(dict.fromkeys(one.assignment for one in exercises))
    for assignment in assignments:
        yield from about(assignment.name, _strays(course, assignment))
        yield from about(assignment.name, _revealed(course, assignment))
    for one in exercises:
        yield from about(one.label, _words(one))
        yield from about(one.label, _bare_asserts(one))
        for path in (one.folder.public, one.folder.hidden):
            if not path.exists():
                yield Finding("is missing; write it", path, subject=one.label)
    yield from _few_variants(exercises)


def course_dates(root: Path) -> list[tuple[Path, int]]:
    """Return the files of the course in *root* that authors write, with modification times."""
    trees = (root / "assignments" / "course.toml", root / "solutions", root / "autograder_tests")
    files = (path for tree in trees for path in (tree, *tree.rglob("*")))
    return dates_of(path for path in files if path.suffix in (".py", ".toml"))


def _titles(course: Course) -> Iterator[Finding]:
    """Yield what is left to write in the catalogue."""
    path = catalogue_file(course.root)
    file = TomlFile.read(path)
    starts: list[tuple[int, str]] = [(0, "")]
    for place, assignment in enumerate(course.assignments):
        table = f"$.assignment[{place}]"
        starts.append((file.line(table) or 0, assignment.name))
        for number, exercise in enumerate(assignment.exercises):
            label = f"{assignment.name}/{exercise.name}"
            starts.append((file.line(f"{table}.exercise[{number}]") or 0, label))
    for finding in left_to_write(path):
        line = finding.line or 0
        (subject,) = [label for start, label in starts if start <= line][-1:]
        yield from about(subject, [finding])


def _words(audited: AuditedExercise) -> Iterator[Finding]:
    """Yield the lines that still contain a scaffold's instructions."""
    course, assignment = audited.course, audited.assignment
    others = {
        line
        for cell in audited.cells
        if cell.exercise not in (None, audited.name)
        for line in range(cell.line, cell.line + len(cell.text.splitlines()))
    }
    yield from (f for f in left_to_write(course.reference(assignment)) if f.line not in others)
    for name, _submission in audited.variants:
        yield from left_to_write(course.accepted_dir(assignment) / f"{name}.py")
    for path in sorted(audited.folder.path.rglob("*")):
        if path.suffix in (".py", ".toml"):
            yield from left_to_write(path)


def _bare_asserts(audited: AuditedExercise) -> Iterator[Finding]:
    """Yield the conditions in checks, and in what they import, that say nothing to a learner."""
    folder, top = audited.folder, audited.course.checks_dir(audited.assignment).parent
    checks = [path for path in (folder.public, folder.hidden) if path.exists()]
    for path in (*checks, *helpers_of(checks, top)):
        for node in ast.walk(ast.parse(path.read_bytes(), str(path))):
            if isinstance(node, ast.Assert) and node.msg is None:
                what = "this assert tells a learner nothing; raise a Mismatch with a sentence, or "
                yield Finding(f"{what}use an assertion of grader.checks", path, node.lineno)


def _revealed(course: Course, assignment: Assignment) -> Iterator[Finding]:
    """Yield the lines of public checks and their modules for which no kit would be released."""
    try:
        files = [(path, path.read_text("utf-8")) for path in public_files(course, assignment)]
        secrets = list(secrets_of(course, assignment))
    except (AuthoringError, SyntaxError, OSError, UnicodeDecodeError):
        return  # what cannot be read is told elsewhere
    for path, text in files:
        for secret in (one for one in secrets if one.is_in(text)):
            line = next(n for n, one in enumerate(text.splitlines(), 1) if secret.is_in(one))
            origin = secret.origin.relative_to(course.root)
            what = f"a kit would reveal {secret.text!r} from {origin}; write it in another "
            what += "way, or in a module that only hidden checks import"
            yield Finding(what, path, line)


def _strays(course: Course, assignment: Assignment) -> Iterator[Finding]:
    """Yield files beside the checks that look like checks but are not run."""
    folders = course.folders(assignment).values()
    known = {path for folder in folders for path in (folder.path, *folder.known)}
    checks = [p for folder in folders for p in (folder.public, folder.hidden) if p.exists()]
    with suppress(AuthoringError):  # which collecting them reports
        for helper in helpers_of(checks, course.checks_dir(assignment)):
            known |= {helper, *helper.parents}
    homes = [course.checks_dir(assignment), *(folder.path for folder in folders)]
    for home in (home for home in homes if home.is_dir()):
        for path in sorted(home.iterdir()):
            if path not in known and path.name != "__pycache__" and path.name[0] != ".":
                yield Finding("belongs to no exercise; rename or remove it", path)


def _few_variants(exercises: Sequence[AuditedExercise]) -> Iterator[Finding]:
    for one in exercises:
        directory = one.course.accepted_dir(one.assignment)
        if len(one.variants) < VARIANTS_WANTED and not any(
            left_to_write(path) for path in directory.glob("*.py")
        ):
            what = f"{one.name} has {len(one.variants)} accepted variants; write {VARIANTS_WANTED}"
            yield Finding(what, directory, subject=one.label)


def _starters(course: Course) -> Iterator[Finding]:
    """Yield the starters that differ from what their sources generate.

    Generating them takes longer than everything else here, so the identity of sources and starters
    is kept when they agree.
    """
    home = catalogue_file(course.root).parent
    sources = [course.reference(assignment) for assignment in course.assignments]
    starters = sorted(path for path in home.rglob("*") if path.is_file())
    names = [str(path.relative_to(course.root)) for path in starters]
    identity = identity_of([own_identity(), names], [*sources, *starters])
    kept = course.root / HOME / "audit" / "starters"
    if kept.is_file() and kept.read_text("utf-8").strip() == identity:
        return
    from grader.course.sync import sync

    report = sync(course, write=False)
    unlike = [finding for one in course.assignments for finding in _not_blank(course, one)]
    yield from unlike
    if report.clean and not unlike:
        write_hidden(course.root, kept, identity.encode())
    for assignment in course.assignments:
        own = course.starters(assignment)
        stale = sum(path.is_relative_to(own) for path in report.changed)
        if stale:
            number = "1 starter is" if stale == 1 else f"{stale} starters are"
            what = f"{number} stale; run `gradproof sync`"
            yield Finding(what, own, subject=assignment.name)
    for path in report.stray:
        name = path.relative_to(home).parts[0]
        subject = name if name in {a.name for a in course.assignments} else ""
        yield Finding("is not generated from any source; remove it", path, subject=subject)


def _not_blank(course: Course, assignment: Assignment) -> Iterator[Finding]:
    """Yield the exercises of untouched starters that would be taken for work."""
    from grader.course.slots import slot_of
    from grader.course.sync import starter_files

    starter = slot_of(course, assignment).starter
    for path, text in starter_files(course, assignment).items():
        if path.suffix == ".py":
            found = found_in([text], starter)
            for name in starter:
                if name not in found or found[name].status is not Status.BLANK:
                    what = f"{name} would be taken for a learner's work; give less of it"
                    yield Finding(what, path, subject=f"{assignment.name}/{name}")
