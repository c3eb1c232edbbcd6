"""What learners saw: reports as they were published, numbered, in ``published/<assignment>/``.

::

    published/<assignment>/<NNN>/
        published.json              when, and by which version
        <learner>/report.json, report.md

Nothing changes them. The last publication is what ``gradproof diff`` compares with.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import grader
from grader.course.catalogue import Course
from grader.errors import GraderError, UsageError
from grader.exercise import Assignment
from grader.language import _
from grader.outcome import Result
from grader.report.json_report import from_json
from grader.report.moved_points import Move, differences
from grader.scoring.results import Results

from .score import ScoreOptions, score, submissions_of

FOLDER = "published"
_FACTS = "published.json"


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published.

    Attributes:
        when: UTC.

        left_out: learners whose report is not final.
    """

    path: Path
    when: datetime
    results: Sequence[Result]
    left_out: Sequence[str] = ()


@dataclass
class Difference:
    """What scoring would change against what was published.

    Attributes:
        moves: whose points would be others.

        new: who was not published, with the result now.

        gone: who was, and has no result now.

        same: how many keep their points.
    """

    when: datetime
    moves: list[Move] = field(default_factory=list)
    new: list[Result] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    same: int = 0


def publish(course: Course, assignment: Assignment) -> Publication:
    """Keep the reports of *assignment* as learners see them now.

    Raises UsageError if there is none.
    """
    results = Results(course.root / "results", assignment.name)
    final: list[Result] = []
    left_out: list[str] = []
    for learner in submissions_of(course).learners(assignment.name):
        known = results.read(learner)
        if known is None or not known[0].final:
            left_out.append(learner)
        else:
            final.append(known[0])
    if not final:
        text = _("There are no reports of {name} to publish. Run: gradproof score {name}")
        raise UsageError(text.format(name=assignment.name))
    home = _home(course, assignment)
    number = max((int(path.name) for path in _numbered(home)), default=0) + 1
    when = datetime.now(UTC)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".") as scratch:
        new = Path(scratch) / "new"
        for result in final:
            for name in ("report.json", "report.md"):
                (new / result.learner).mkdir(parents=True, exist_ok=True)
                path = results.path(result.learner, name)
                shutil.copyfile(path, new / result.learner / name)
        facts = {"published": when.isoformat(timespec="seconds"), "grader": grader.__version__}
        (new / _FACTS).write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
        place = home / f"{number:03}"
        new.rename(place)
    return Publication(place, when, final, left_out)


def last_publication(course: Course, assignment: Assignment) -> Publication:
    """Return what was published last; raises UsageError if nothing was, or it is damaged."""
    numbered = _numbered(_home(course, assignment))
    if not numbered:
        text = _("{name} was not published yet. Run: gradproof publish {name}")
        raise UsageError(text.format(name=assignment.name))
    path = numbered[-1]
    try:
        facts = json.loads((path / _FACTS).read_text(encoding="utf-8"))
        when = datetime.fromisoformat(facts["published"])
        reports = sorted(path.glob("*/report.json"))
        return Publication(path, when, [from_json(one.read_bytes())[0] for one in reports])
    except (OSError, ValueError, KeyError, TypeError, GraderError) as error:
        text = _("{path} is damaged ({reason}); restore it, or publish again.")
        raise UsageError(text.format(path=path, reason=error)) from None


def difference(course: Course, assignment: Assignment, options: ScoreOptions) -> Difference:
    """Return what scoring would change against the last publication; nothing is written.

    Raises UsageError, AuthoringError and InternalError as :func:`score` does.
    """
    published = last_publication(course, assignment)
    done = score(course, assignment, options)
    now = {result.learner: result for result in done.results if result.final}
    before = {result.learner: result for result in published.results}
    found = Difference(published.when, differences(published.results, now.values()))
    found.new = [result for who, result in now.items() if who not in before]
    found.gone = sorted(before.keys() - now.keys()) if not options.learners else []
    found.same = len(now) - len(found.new) - len(found.moves)
    return found


def _home(course: Course, assignment: Assignment) -> Path:
    return course.root / FOLDER / assignment.name


def _numbered(home: Path) -> list[Path]:
    """Return the folders of publications, the first one first."""
    found = [path for path in home.glob("*") if path.name.isdecimal() and path.is_dir()]
    return sorted(found, key=lambda path: int(path.name))
