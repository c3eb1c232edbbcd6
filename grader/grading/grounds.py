"""The grounds of a class's grades: all that they depend on beside the submissions, by exercise.

Each ground has a name, and a value that is another when it has changed: a version as it is, a file
as its digest. Comments and the layout of Python files are no grounds, nor are the statements.
"""

from __future__ import annotations

import ast
import dataclasses
import json
import platform
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from grader.atomic_write import write_whole
from grader.course.catalogue import Course
from grader.course.check_helpers import helpers_of
from grader.exercise import FRAMEWORKS, Assignment, Exercise, Mistake
from grader.language import current
from grader.outcome import Isolation
from grader.scoring.plan import Plan
from grader.worker import gpu
from grader.worker.loader import Source
from grader.worker.slicing import Statement, needed

from .setup import reference_submission
from .versions import common_versions, framework_versions

#: what is kept of earlier grounds, which all reports name: so many
_MOST_KEPT = 40
#: a ground: its kind and its name, such as ``("check", "test_values")``
Name = tuple[str, str]


class Grounds(msgspec.Struct, frozen=True):
    """The grounds of the grades of one assignment, each by ``KIND NAME``.

    Attributes:
        common: of every exercise.

        frameworks: of what is written in a framework.

        exercises: of each exercise, in order.

        titles: identity of the titles, which stand in reports and change no grade.
    """

    common: dict[str, str]
    frameworks: dict[str, dict[str, str]]
    exercises: dict[str, dict[str, str]]
    titles: str

    @property
    def identity(self) -> str:
        """What tells these grounds from others."""
        return digest_of(msgspec.json.encode(self), 32)

    def of(self, exercise: str, framework: str) -> dict[Name, str]:
        """Return all grounds of the grade of an exercise that is written in *framework*."""
        own = self.exercises.get(exercise, {})
        every = {**self.common, **self.frameworks.get(framework, {}), **own}
        split = ((key.partition(" "), value) for key, value in every.items())
        return {(kind, name): value for (kind, _space, name), value in split}


def digest_of(content: bytes | str, length: int = 16) -> str:
    """Return the first hexadecimal digits of the digest of *content*."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return sha256(data).hexdigest()[:length]


def grounds_of(course: Course, assignment: Assignment, plan: Plan, isolation: Isolation) -> Grounds:
    """Return the grounds of grades by *plan* in *isolation*; raises AuthoringError."""
    mistakes = course.mistakes(assignment)
    titles = [assignment.title, *assignment.titles.values()]
    reference = Source.read(
        [(c.label, c.line, c.text) for c in reference_submission(course, assignment).chunks]
    ).statements
    return Grounds(
        {**_versions(common_versions()), **_run(plan, isolation), **_given(plan)},
        {name: found for name in FRAMEWORKS if (found := _versions(framework_versions(name)))},
        {
            one.name: _of_exercise(
                *(course, assignment, one, reference),
                [mistake for mistake in mistakes if mistake.exercise == one.name],
            )
            for one in assignment.exercises
        },
        digest_of(json.dumps([[title.en, title.zh] for title in titles])),
    )


def _versions(found: Mapping[str, str]) -> dict[str, str]:
    return {f"version {name}": version for name, version in found.items()}


def _run(plan: Plan, isolation: Isolation) -> dict[str, str]:
    """Return the grounds that a run chooses or meets."""
    assignment = plan.assignment
    # The GPU may have been added since.
    nodes = [str(path) for path in gpu.nodes()] if plan.device != "cpu" else []
    return {
        "machine processor": platform.machine(),
        "language text": current(),
        "seed course": str(plan.seed),
        # It is a secret, and this is a file.
        "seed secret": digest_of(plan.secret),
        "device name": " ".join([plan.device, *nodes]),
        "isolation level": isolation.level,
        "isolation layers": digest_of(json.dumps(list(isolation.layers.items()))),
        "setting framework": assignment.framework,
        "setting allow_tf32": str(assignment.allow_tf32).lower(),
        "setting processes": str(assignment.processes),
    }


def _given(plan: Plan) -> dict[str, str]:
    given = plan.given
    return {
        f"given {name}": digest_of(data) + (" editable" if name in given.editable else "")
        for name, data in given.files
    }


def _of_exercise(
    course: Course,
    assignment: Assignment,
    exercise: Exercise,
    reference: Sequence[Statement],
    mistakes: Sequence[Mistake],
) -> dict[str, str]:
    folder = course.folder(assignment, exercise.name)
    top = folder.path.parent.parent
    files = [path for path in (folder.public, folder.hidden) if path.exists()]
    helpers = helpers_of(files, top)
    told = [path.read_text("utf-8") for path in (*files, *helpers)]
    told += [one.replacement for one in mistakes]
    words = {exercise.name, *re.findall(r"\w+", " ".join(told))}
    changes = {name: at for name, at in assignment.changes.items() if name in words}
    return {
        **{key: value for path in files for key, value in _of_checks(path)},
        **{
            f"helper {path.relative_to(top).as_posix()}": digest_of(path.read_bytes())
            for path in helpers
        },
        "reference": _reference(reference, words),
        **dict(_mistakes(mistakes)),
        **_settings(exercise),
        "setting changes": json.dumps(changes),
    }


def _of_checks(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the grounds in a file of checks: each check, and the rest."""
    rest: list[str] = []
    for node in ast.parse(path.read_bytes(), str(path)).body:
        text = ast.dump(node)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            # in which file, since that hides it, or does not
            yield f"check {node.name}", digest_of(f"{path.name} {text}")
            text = node.name  # their order is that of the report
        rest.append(text)
    yield f"file {path.name}", digest_of("\0".join(rest))


def _reference(statements: Sequence[Statement], words: Iterable[str]) -> str:
    """Return the identity of what the reference may run where these *words* are all it is told.

    What is no definition always counts, since it may do anything.
    """
    always = [one for one in statements if not one.is_definition]
    bound = {name for one in statements for name in one.binds}
    wanted = bound & {*words, *(name for one in always for name in one.uses)}
    found = {id(one) for one in always}
    for name in sorted(wanted):
        found |= {id(one) for one in needed(statements, name)}
    return digest_of("\0".join(ast.dump(one.node) for one in statements if id(one) in found))


def _mistakes(known: Sequence[Mistake]) -> Iterator[tuple[str, str]]:
    """Yield each known mistake as far as a report can tell it: not which checks must fail."""
    for one in known:
        facts = [one.replace, one.replacement, one.hint.en, one.hint.zh, one.topic]
        yield f"mistake {one.name}", digest_of(json.dumps(facts))
    yield "mistakes", digest_of(json.dumps([one.name for one in known]))


def _settings(exercise: Exercise) -> dict[str, str]:
    settings = {
        "points": str(exercise.points),
        **dataclasses.asdict(exercise.limits),
        "tolerances": json.dumps(exercise.precision),
        "forbidden": " ".join(exercise.forbidden),
    }
    return {f"setting {name}": str(value) for name, value in settings.items()}


class KnownGrounds:
    """The grounds that the reports in a folder name by their identity.

    Args:
        folder: of an assignment's results.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "grounds.json"
        try:
            known = msgspec.json.decode(self._path.read_bytes(), type=dict[str, Grounds])
        except (OSError, msgspec.MsgspecError, UnicodeError):
            known = {}  # what they depended on is graded again
        self._known = known

    def get(self, identity: str) -> Grounds | None:
        """Return the grounds with this identity; None if they are not known."""
        found = self._known.get(identity)
        return found if found is not None and found.identity == identity else None

    def add(self, grounds: Grounds) -> None:
        """Keep *grounds*, before a report names them; raises OSError."""
        before = {key: one for key, one in self._known.items() if key != grounds.identity}
        kept = dict([*before.items()][1 - _MOST_KEPT :]) | {grounds.identity: grounds}
        if kept.keys() != self._known.keys():
            write_whole(self._path, msgspec.json.format(msgspec.json.encode(kept), indent=1))
        self._known = kept
