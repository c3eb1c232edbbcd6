"""The learner's kit: starter, public checks, recorded answers. Never a reference.

::

    softmax_regression/
        softmax_regression.py, softmax_regression.ipynb    the starter; one of them is submitted
        README.md                                          what to do
        .gradproof/kit.json                                assignment, points, limits
        .gradproof/answers                                 recorded answers for public inputs
        .gradproof/hints/<exercise>                        answers and hints of known mistakes
        .gradproof/checks/<exercise>/test_public.py        public checks
        .gradproof/starter/                                an unchanged copy of the starter
        .gradproof/files/                                  likewise of the files that come with it

A kit and the learner's files are read without NumPy and pytest: while a check imports those, the
worker that was started for it imports its framework.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.errors import SubmissionError, UsageError
from grader.exercise import (
    PUBLIC_CHECKS,
    Assignment,
    Exercise,
    Language,
    Limits,
    Submission,
    Text,
)
from grader.language import _, listed
from grader.sandbox.from_scratch import fault_in
from grader.scoring.plan import Plan
from grader.submission.files import is_archive
from grader.submission.given import read_given
from grader.submission.learner_names import shown
from grader.submission.read import read_submission, work_in_archives
from grader.submission.slot import Slot
from grader.submission.source_text import decode

if TYPE_CHECKING:
    from grader.report.desk_view import Desk
    from grader.sandbox.reference import ReplayChannel

    from .recorded_hints import RecordedHints

HOME = ".gradproof"
#: contains the unchanged starter, what came with it, and the public checks
STARTER = "starter"
GIVEN = "files"
HINTS = "hints"
CHECKS = "checks"
SCHEMA = "gradproof/kit/v3"
_OLDER = ("gradproof/kit/v1", "gradproof/kit/v2")


class _Sentence(msgspec.Struct):
    en: str
    zh: str


class _Exercise(msgspec.Struct):
    name: str
    title_en: str
    title_zh: str
    points: str
    seconds: float
    precision: dict[str, float]
    forbidden: list[str] = []
    changes: dict[str, int] = {}
    unseen: list[_Sentence] = []

    def __post_init__(self) -> None:
        if any(map(fault_in, self.forbidden)):
            raise ValueError(f"{self.name!r} forbids a name that this version does not know")
        if not self.name.isidentifier() or not re.fullmatch(r"\d+(/[1-9]\d*)?", self.points):
            raise ValueError(f"{self.name!r} with {self.points!r} points")


class _Kit(msgspec.Struct):
    schema: str
    assignment: str
    title_en: str
    title_zh: str
    framework: str
    language: Language
    seed: int
    exercises: list[_Exercise]
    editable: list[str] = []


@dataclass(frozen=True, slots=True)
class Kit:
    """A kit, unpacked in *directory*.

    Attributes:
        language: the language of its starter.

        seed: the seed of the public checks' inputs.

        unseen: by exercise, the sentences of hidden checks that no public check says.
    """

    directory: Path
    assignment: Assignment
    language: Language
    seed: int
    unseen: Mapping[str, tuple[Text, ...]]

    @classmethod
    def find(cls, *starts: Path) -> Kit:
        """Return the kit that contains the first of *starts* that is in one; raises UsageError."""
        for start in starts:
            for directory in (start, *start.parents):
                path = directory / HOME / "kit.json"
                if path.is_file():
                    return cls._read(directory, path)
        text = _("{path} is not inside a kit. Change into the folder that you unpacked.")
        raise UsageError(text.format(path=next(iter(starts), Path())))

    @classmethod
    def _read(cls, directory: Path, path: Path) -> Kit:
        try:
            raw = msgspec.json.decode(path.read_bytes(), type=_Kit)
        except (OSError, ValueError) as error:
            text = _("The kit's {path} cannot be read ({what}). Unpack the kit again.")
            raise UsageError(text.format(path=path, what=error)) from None
        if raw.schema in _OLDER:
            text = _(
                "This kit was made by an older version of gradproof. Ask your instructor to "
                "release it again, and copy your files into the new kit."
            )
            raise UsageError(text)
        if raw.schema != SCHEMA:
            text = _(
                "The kit was made by another version of gradproof ({schema}). "
                "Ask your instructor which version to install."
            )
            raise UsageError(text.format(schema=raw.schema))
        exercises = tuple(
            Exercise(
                e.name,
                Text(e.title_en, e.title_zh),
                Fraction(e.points),
                Limits(e.seconds),
                tuple(e.precision.items()),
                tuple(e.forbidden),
                tuple(e.changes),
                tuple(e.changes.values()),
            )
            for e in raw.exercises
        )
        title = Text(raw.title_en, raw.title_zh)
        assignment = Assignment(
            raw.assignment, title, raw.framework, exercises, editable=tuple(raw.editable)
        )
        unseen = {e.name: tuple(Text(one.en, one.zh) for one in e.unseen) for e in raw.exercises}
        return cls(directory, assignment, raw.language, raw.seed, unseen)

    def slot(self) -> Slot:
        """Return what is expected of the learner's files: more than the kit's starter."""
        path = self.directory / HOME / STARTER / f"{self.assignment.name}.py"
        starters = [decode(path.read_bytes())] if path.is_file() else []
        exercises = [exercise.name for exercise in self.assignment.exercises]
        return Slot.of(self.assignment.name, exercises, starters)

    def read(self, file: Path | None = None) -> Submission:
        """Read the learner's files in the kit, or only *file*, wherever it is.

        Helper modules are not read: the worker runs in the kit's folder. Raises SubmissionError,
        UsageError.
        """
        name, usual = self.assignment.name, self.assignment.framework
        if file is not None and is_archive(file.name) and file.is_file():
            text = _(
                "{file} is an archive; unpack it in the kit, and name the file that was in it."
            )
            raise SubmissionError(text.format(file=file.name))
        path, slot = file or self.directory, self.slot()
        try:
            read = read_submission(path, name, usual=usual, at_desk=True, slot=slot)
        except SubmissionError as error:
            if file is None and (packed := self._packed()):
                raise SubmissionError(packed) from error
            raise
        packed = "" if file else self.still_packed(read)
        return replace(read, notes=(*read.notes, packed)) if packed else read

    def still_packed(self, read: Submission) -> str:
        """Return what to tell the learner if nothing is written in *read*, but in an archive."""
        is_written = any(source.state == "written" for source in read.sources.values())
        return "" if is_written else self._packed()

    def _packed(self) -> str:
        found = work_in_archives(self.directory, self.assignment.name, self.slot())
        text = _(
            "Your work is still packed: {exercises} in {file}. Unpack it in the kit's folder, in "
            "place of the starter, and run the command again."
        )
        several = ((listed(names), shown(name)) for name, names in found.items())
        return next((text.format(exercises=names, file=name) for names, name in several), "")

    def read_folder(self) -> Submission:
        """Read the kit's folder as it will be graded; raises SubmissionError, UsageError."""
        name, usual = self.assignment.name, self.assignment.framework
        return read_submission(self.directory, name, usual=usual, slot=self.slot())

    def plan(self, exercises: Collection[str] | None = None) -> Plan:
        """Return the plan of the kit's checks; of these *exercises* only, unless None."""
        checks = self.directory / HOME / CHECKS
        names = [one.name for one in self.assignment.exercises]
        chosen = names if exercises is None else [name for name in names if name in exercises]
        files = [checks / name / PUBLIC_CHECKS for name in chosen]
        present = tuple(file for file in files if file.exists())
        return Plan(self.assignment, self.seed, present, self.directory)

    def replaced(self) -> dict[str, bytes]:
        """Return the files of the kit that grading has in place of the learner's copies."""
        home = self.directory / HOME / GIVEN
        return read_given(home, frozenset(self.assignment.editable)).replaced(self.directory)

    def notes(self, live: bool = False) -> tuple[str, ...]:
        """Return what to tell the learner about changed copies of the files in the kit.

        *live* code has imported and read the copies already.
        """
        names = listed(name for name in self.replaced() if (self.directory / name).is_file())
        text = _(
            "You changed what came with the kit; your work is checked and graded with the "
            "original: {files}."
        )
        if live:
            text = _(
                "You changed what came with the kit: {files}. This notebook uses your copy, but "
                "your work is graded with the original; gradproof check uses it, too."
            )
        return (text.format(files=names),) if names else ()

    def desk(self) -> Desk:
        """Return what a view of its public checks says beyond them."""
        from grader.report.desk_view import Desk

        return Desk({e.name: e.points for e in self.assignment.exercises}, self.unseen)

    def answers(self) -> ReplayChannel:
        """Return the recorded right answers, computed exactly."""
        from grader.sandbox.reference import ReplayChannel, read_recording

        answers = read_recording(self.directory / HOME / "answers")
        return ReplayChannel(answers, self.assignment.framework)

    def hints(self) -> RecordedHints:
        """Return the hints for wrong answers to the public checks.

        Their right answers are in the dtypes that learners compute in, and also of calls for whose
        answers no check asks.
        """
        from .recorded_hints import RecordedHints

        return RecordedHints(self.directory / HOME / HINTS, self.assignment.framework)


def kit_json(
    assignment: Assignment, language: Language, seed: int, unseen: Mapping[str, Sequence[Text]]
) -> bytes:
    """Return the content of ``kit.json``.

    Args:
        unseen: by exercise, the sentences of hidden checks that no public check says.
    """
    exercises = [
        _Exercise(
            e.name,
            e.title.en,
            e.title.zh,
            str(e.points),
            e.limits.seconds,
            dict(e.precision),
            list(e.forbidden),
            assignment.changes.get(e.name, {}),
            [_Sentence(one.en, one.zh) for one in unseen.get(e.name, ())],
        )
        for e in assignment.exercises
    ]
    raw = _Kit(
        SCHEMA,
        assignment.name,
        assignment.title.en,
        assignment.title.zh,
        assignment.framework,
        language,
        seed,
        exercises,
        list(assignment.editable),
    )
    return msgspec.json.format(msgspec.json.encode(raw), indent=2) + b"\n"


def chosen_exercises(kit: Kit, exercises: Collection[str]) -> frozenset[str] | None:
    """Return *exercises* as in a job, None for all; raises UsageError if one is unknown."""
    names = [exercise.name for exercise in kit.assignment.exercises]
    for name in exercises:
        if name not in names:
            meant = next(iter(get_close_matches(name.lower(), names, 1)), "")
            text = _("There is no exercise {name} in this kit; it has {names}.")
            if meant:
                text = _(
                    "There is no exercise {name} in this kit; it has {names}. Did you mean {meant}?"
                )
            text = text.format(name=name, names=listed(names), meant=meant)
            raise UsageError(text)
    return frozenset(exercises) or None
