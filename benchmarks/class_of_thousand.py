"""How large are a class's page and data, and how long do they take, with 1,000 learners?

Makes reports, receipts and a roster for a class that writes an assignment of this course, with
outcomes drawn at random, in a folder of its own; then runs what an instructor runs.

    python benchmarks/class_of_thousand.py [--learners 1000] [--to DIR] [--assignment NAME]
"""

from __future__ import annotations

import argparse
import ast
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.checks.sentences import sentence_in  # noqa: E402  # needs the path above
from grader.course.catalogue import Course  # noqa: E402
from grader.exercise import HIDDEN_CHECKS, Assignment, Mistake  # noqa: E402
from grader.outcome import CheckResult, Isolation, Outcome, Result, exercises_of  # noqa: E402
from grader.scoring.results import Results  # noqa: E402
from grader.submission.files import File  # noqa: E402
from grader.submission.metadata import Metadata  # noqa: E402
from grader.submission.store import Store  # noqa: E402

#: a check of an exercise: its name, its sentence, and whether it is hidden
Named = tuple[str, str, bool]


def checks_of(course: Course, assignment: Assignment) -> dict[str, list[Named]]:
    """Return the checks of each exercise, as their files name them."""
    found: dict[str, list[Named]] = {}
    for exercise in assignment.exercises:
        folder = course.folder(assignment, exercise.name)
        for path in filter(Path.exists, (folder.public, folder.hidden)):
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                    sentence = sentence_in(ast.get_docstring(node) or "").en
                    found.setdefault(exercise.name, []).append(
                        (node.name, sentence, path.name == HIDDEN_CHECKS)
                    )
    return found


@dataclass(frozen=True)
class Task:
    """An assignment, its checks by exercise, and its known mistakes."""

    assignment: Assignment
    checks: dict[str, list[Named]]
    mistakes: tuple[Mistake, ...]


def drawn(rng: random.Random, learner: str, task: Task, strength: float) -> Result:
    """Return the report of a learner who writes exercises as well as *strength* says."""
    made = list(_checks(rng, task, strength))
    isolation = Isolation("bubblewrap", {"bubblewrap": True})
    exercises = exercises_of(made)
    name = task.assignment.name
    return Result(learner, name, f"{learner}.py", "0" * 64, "numpy", exercises, isolation)


def _checks(rng: random.Random, task: Task, strength: float) -> Iterator[CheckResult]:
    for exercise, checks in task.checks.items():
        points = task.assignment.exercise(exercise).points / len(checks)
        is_written = rng.random() < 0.5 + strength
        mistakes = [one for one in task.mistakes if one.exercise == exercise]
        made = rng.choice(mistakes) if mistakes and rng.random() > strength else None
        for name, sentence, hidden in checks:
            outcome, message, hints = Outcome.PASSED, "", ()
            if not is_written:
                outcome, message = Outcome.NOT_IMPLEMENTED, f"{exercise} is not written yet."
            elif made is not None and name in made.caught_by:
                message, hints = "The result has wrong values.", (made.hint.en,)
                outcome = Outcome.FAILED
            yield CheckResult(
                exercise, name, outcome, Fraction(points), sentence, message, hints, hidden
            )


def main() -> None:
    """Make the class and run the commands."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=1_000)
    parser.add_argument("--to", type=Path)
    parser.add_argument("--assignment", default="softmax_regression")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        make(options.to or Path(scratch), options.learners, options.assignment)


def make(folder: Path, learners: int, name: str) -> None:
    """Make a class in *folder*, run the commands, print seconds and sizes."""
    folder.mkdir(parents=True, exist_ok=True)
    for tree in ("assignments", "solutions", "autograder_tests"):
        if not (folder / tree).exists():
            (folder / tree).symlink_to(ROOT / tree)
    course = Course.load(folder)
    assignment = course.assignment(name)
    task = Task(assignment, checks_of(course, assignment), tuple(course.mistakes(assignment)))
    rng = random.Random(7)
    results, store = Results(folder / "results", name), Store(folder / "submissions")
    due = datetime(2026, 12, 6, 23, 59, tzinfo=UTC)
    roster = ["id,name,email,section"]
    for number in range(1, learners + 1):
        learner = f"s{number:05}"
        roster.append(f"{learner},Learner {number},{learner}@uni.example,{'ABCD'[number % 4]}")
        if rng.random() < 0.03:
            continue  # missing
        strength = min(1.0, max(0.0, rng.gauss(0.7, 0.2)))
        results.write(drawn(rng, learner, task, strength), "made", "")
        when = due - timedelta(hours=rng.expovariate(1 / 20)) + timedelta(hours=3 * rng.random())
        said = Metadata(submitted=when.isoformat(timespec="seconds"))
        store.add(
            name, learner, [File("work.py", b"# made\n", due.timestamp())], f"{learner}.py", said
        )
    (folder / "roster.csv").write_text("\n".join(roster) + "\n", encoding="utf-8")
    for words in (
        ["class", name, "--to", "class.html"],
        ["class", name, "--json"],
        ["items", name, "--mistakes"],
        ["items", name],
    ):
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "cli", *words, "--course", str(folder)],
            cwd=folder,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
            capture_output=True,
            check=True,
        )
        seconds = time.monotonic() - began
        page = folder / "class.html"
        size = page.stat().st_size if "--to" in words else len(done.stdout)
        print(f"gradproof {' '.join(words)}: {seconds:.1f} s, {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
