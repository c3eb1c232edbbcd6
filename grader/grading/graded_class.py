"""The grades of one assignment, and by which names platforms know the learners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course.catalogue import Course
from grader.errors import SubmissionError, UsageError
from grader.exercise import Assignment
from grader.language import _
from grader.outcome import Result
from grader.scoring.results import Results
from grader.submission.labels import Person
from grader.submission.metadata import Metadata
from grader.submission.register import Register
from grader.submission.roster import naming_rules

from .attempts import counted
from .score import submissions_of


@dataclass(frozen=True, slots=True)
class GradedClass:
    """Who has a final grade in one assignment, and who is called what.

    Attributes:
        results: the final results, by learner.

        metadata: what platforms say of their submissions.

        called: learners by further names; empty where several are called so.

        scores: where ``score`` writes reports.

        waiting: who is left out, as a person has still to give points.
    """

    assignment: Assignment
    results: Mapping[str, Result]
    metadata: Mapping[str, Metadata]
    called: Mapping[str, str]
    register: Register
    scores: Path
    waiting: tuple[str, ...] = ()

    def who(self, cells: Sequence[str]) -> str:
        """Return the learner whom the first of *cells* names that names one; empty if none does."""
        for cell in filter(None, map(str.strip, cells)):
            try:
                found = self.register.identify(Person(cell, (cell,)))
            except SubmissionError:
                found = ()
            for learner in (*found, self.called.get(cell.casefold(), "")):
                if learner in self.results:
                    return learner
        return ""


def graded_class(course: Course, assignment: Assignment) -> GradedClass:
    """Return the grades of *assignment*; raises UsageError if there are none."""
    results = Results(course.root / "results", assignment.name)
    store = submissions_of(course)
    final: dict[str, Result] = {}
    metadata: dict[str, Metadata] = {}
    called: dict[str, str] = {}
    waiting: list[str] = []
    for learner in store.learners(assignment.name):
        known = results.read(learner)
        if known is None or not known[0].final:
            continue
        if known[0].waits:
            waiting.append(learner)
            continue
        final[learner] = known[0]
        version = counted(course, store, assignment, learner)
        metadata[learner] = version.metadata if version else Metadata()
        said = (learner, metadata[learner].platform_id, metadata[learner].name)
        for name in map(str.casefold, filter(None, said)):
            # what several are called names nobody
            called[name] = learner if called.get(name, learner) == learner else ""
    if not final:
        text = _("No grade of {name} is there to export. Run: gradproof score {name}")
        raise UsageError(text.format(name=assignment.name))
    register = naming_rules(course.root).register
    place = results.directory
    return GradedClass(assignment, final, metadata, called, register, place, tuple(waiting))
