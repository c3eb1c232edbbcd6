"""The example class: every submission gets its verdict.

``examples/class/<assignment>/<verdict>/<submission>``: the folder says what kind of verdict it must
get, and ``expected.toml`` beside the folders says which score, and which exercises went wrong how.
"""

from __future__ import annotations

import importlib.util
import shutil
import tomllib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from grader.course.catalogue import Course
from grader.exercise import FRAMEWORKS
from grader.grading.score import Scored, ScoreOptions, score, submissions_of
from grader.outcome import Outcome, Result
from grader.submission.collect import Collection, collect
from grader.submission.learner_names import of_file, of_folder

ROOT = Path(__file__).parent.parent
CLASS = ROOT / "examples" / "class"
MISSING = {name for name in FRAMEWORKS if importlib.util.find_spec(name) is None}
ASSIGNMENTS = sorted(path.name for path in CLASS.iterdir())
#: has a submission of every kind
LARGEST = "softmax_regression"
#: these take longest, and `make demo` shows them
SLOWEST = ("linear_regression", "generalization", "convolution")
MARKS = {LARGEST: (), **dict.fromkeys(SLOWEST, (pytest.mark.slow, pytest.mark.rare))}
PARAMS = [pytest.param(name, marks=MARKS.get(name, pytest.mark.slow)) for name in ASSIGNMENTS]


@dataclass(frozen=True)
class Graded:
    """What became of the submissions of one assignment."""

    assignment: str
    collection: Collection
    scored: Scored


def submissions(assignment: str, *verdicts: str) -> list[Path]:
    """Return the example submissions of *assignment* with one of *verdicts*; none means all.

    Those in a framework that is not installed are left out.
    """
    folders = verdicts or tuple(p.name for p in (CLASS / assignment).iterdir() if p.is_dir())
    found = sorted(p for v in folders for p in (CLASS / assignment / v).glob("*"))
    return [path for path in found if framework_of(path) not in MISSING]


def framework_of(path: Path) -> str:
    """Return what a submission of one file says that it is written in; empty if it says nothing."""
    text = path.read_text("utf-8", "replace") if path.suffix == ".py" and path.is_file() else ""
    return text.partition("# framework: ")[2].partition("\n")[0]


def learner_of(path: Path, assignment: str) -> str:
    """Return the learner whom a submission is collected for."""
    name = of_folder(path.name, assignment) if path.is_dir() else of_file(path.name, assignment)
    assert name is not None

    return name.learner


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Return the course of this repository, with its submissions and results elsewhere."""
    home = tmp_path_factory.mktemp("course")
    for tree in ("assignments", "solutions", "autograder_tests"):
        (home / tree).symlink_to(ROOT / tree)
    # the same inputs for hidden checks on every run of the tests
    (home / "results").mkdir()
    (home / "results" / "seed").write_text("0" * 32, encoding="utf-8")
    return Course.load(home)


@pytest.fixture(scope="module", params=PARAMS)
def graded(
    request: pytest.FixtureRequest, course: Course, tmp_path_factory: pytest.TempPathFactory
) -> Graded:
    """Collect and score the submissions of one assignment once, as `make demo` does.

    Results are those of the exercises that the class was asked to write.
    """
    name = request.param
    inbox = tmp_path_factory.mktemp(name)
    for path in submissions(name):
        copy = shutil.copytree if path.is_dir() else shutil.copy2
        copy(path, inbox / path.name)
    collection = collect(inbox, name, submissions_of(course))
    scored = score(course, course.assignment(name), ScoreOptions(jobs=2))
    asked, _said = expected(name)
    for place, result in enumerate(scored.results):
        scored.results[place] = result.only(asked)
    return Graded(name, collection, scored)


def expected(assignment: str) -> tuple[list[str], dict[str, dict[str, object]]]:
    """Return what ``expected.toml`` says: the exercises, and what is expected by learner."""
    said = tomllib.loads((CLASS / assignment / "expected.toml").read_text("utf-8"))
    asked = said.pop("exercises")
    every = (CLASS / assignment).glob("*/*")
    missing = {learner_of(path, assignment) for path in every if framework_of(path) in MISSING}
    return asked, {learner: entry for learner, entry in said.items() if learner not in missing}


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_no_submission_of_the_class_is_left_out(framework: str) -> None:
    """Whose framework is not installed is not graded here; what is left out is said."""
    if framework in MISSING:
        every = [path for path in CLASS.glob("*/*/*") if framework_of(path) == framework]
        pytest.skip(f"{framework} is not installed: {len(every)} submissions are left out")


def trouble(result: Result) -> dict[str, str]:
    """Return the first outcome that is no pass, by exercise."""
    found: dict[str, str] = {}
    for check in result.checks:
        if check.outcome is not Outcome.PASSED:
            found.setdefault(check.exercise, check.outcome.value)
    return found


def test_every_submission_gets_the_expected_score(graded: Graded) -> None:
    """Score and outcomes of every learner are what expected.toml says."""
    got = {
        result.learner: {"score": str(result.score), "trouble": trouble(result)}
        for result in graded.scored.results
    }

    _asked, said = expected(graded.assignment)
    assert said == got
    assert graded.scored.lost == {}
    assert all(result.final for result in graded.scored.results)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_a_folder_is_the_verdict_of_what_lies_in_it(assignment: str) -> None:
    """The expected scores are of the kind that the folders' names promise."""
    _asked, said = expected(assignment)
    most = max(Fraction(str(entry["score"])) for entry in said.values())
    for path in submissions(assignment):
        if path.parent.name == "refused":
            continue
        entry = said[learner_of(path, assignment)]
        points, outcomes = Fraction(str(entry["score"])), set(dict(entry["trouble"]).values())
        promised = {
            "accepted": points == most and not outcomes,
            "partial": 0 < points < most,
            "wrong": points < most / 2 and outcomes <= {"failed", "not implemented"},
            "crashing": 0 < points < most and bool(outcomes & {"crashed", "failed"}),
            "hanging": 0 < points < most and outcomes == {"timed out"},
            "hostile": points < most,
            "junk": points == 0 and outcomes == {"not implemented"},
        }

        assert promised[path.parent.name], path


def test_what_cannot_be_collected_is_refused_with_a_reason(graded: Graded) -> None:
    """Every submission in refused/ is refused, nothing else is, and each says why."""
    wanted = {path.name for path in submissions(graded.assignment, "refused")}
    refused = {Path(refusal.origin).parts[0] for refusal in graded.collection.refused}

    assert refused == wanted
    assert all(refusal.reason for refusal in graded.collection.refused)


def test_every_unreadable_submission_gets_a_report_that_says_why(graded: Graded) -> None:
    """Junk is graded too: nothing is lost, and the reason is in the report."""
    results = {result.learner: result for result in graded.scored.results}
    for path in submissions(graded.assignment, "junk"):
        result = results[learner_of(path, graded.assignment)]

        assert result.checks
        assert all(check.message for check in result.checks)


def test_a_hang_costs_one_exercise(graded: Graded) -> None:
    """Who hangs in one exercise keeps every point of the others."""
    results = {result.learner: result for result in graded.scored.results}
    for path in submissions(graded.assignment, "hanging"):
        result = results[learner_of(path, graded.assignment)]
        hung = [c for c in result.checks if c.exercise in trouble(result)]
        lost = sum((check.max_points - check.points for check in hung), Fraction(0))

        assert len(trouble(result)) == 1
        assert result.score == result.max_score - lost
