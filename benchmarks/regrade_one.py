"""How long does it take to grade a class again when little has changed?

Makes a class in a folder of its own: each learner hands in the reference, with one of the known
mistakes or without. Who hands in what another has handed in gets that one's report without being
graded, unless there is ``--all``. Then the class is graded after each of these: nothing changed; a
learner handed in again; a line was added to one check; a known mistake got another hint.

    python benchmarks/regrade_one.py [--learners 1000] [--assignment NAME] [--all]
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.course.catalogue import Course, apply_mistake  # noqa: E402  # needs the path above
from grader.course.source import reference_text  # noqa: E402
from grader.exercise import Assignment  # noqa: E402
from grader.report.markdown import to_markdown  # noqa: E402
from grader.scoring.results import Results  # noqa: E402
from grader.submission.files import File  # noqa: E402
from grader.submission.metadata import Metadata  # noqa: E402
from grader.submission.store import Store  # noqa: E402


def main() -> None:
    """Make the class, grade it again and again, print seconds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=1_000)
    parser.add_argument("--assignment", default="softmax_regression")
    parser.add_argument("--exercise", default="softmax")
    parser.add_argument("--all", action="store_true", help="grade everyone at first")
    options = parser.parse_args()
    name = options.assignment
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        for tree in ("assignments", "solutions", "autograder_tests"):
            shutil.copytree(ROOT / tree, root / tree)
        course = Course.load(root)
        assignment, texts = course.assignment(name), texts_for(course, name)
        several = list(islice(cycle(texts), options.learners))
        graded = len(several) if options.all else min(len(several), len(texts))
        for number, text in enumerate(several[:graded]):
            hand_in(root, name, number, text)
        timed(root, name, f"{graded} from nothing")
        for number, text in enumerate(several[graded:], graded):
            hand_in(root, name, number, text)
            copy_report(root, assignment, number % len(texts), number)
        timed(root, name, "nothing changed")
        hand_in(root, name, 1, f"{texts[0]}\n# once more\n")
        timed(root, name, "one learner handed in again")
        home = root / "autograder_tests" / name / options.exercise
        with (home / "test_public.py").open("a", encoding="utf-8") as file:
            file.write("    assert student\n")  # the last check is the last in its file
        timed(root, name, f"one check of {options.exercise} changed")
        path = home / "mistakes.toml"
        path.write_text(path.read_text("utf-8").replace('en = "', 'en = "So: ', 1), "utf-8")
        timed(root, name, f"one hint of {options.exercise} changed")


def texts_for(course: Course, name: str) -> list[str]:
    """Return the reference, and the reference with each known mistake, as learners hand them in."""
    assignment = course.assignment(name)
    cells = course.source(assignment)
    wrong = [apply_mistake(cells, mistake) for mistake in course.mistakes(assignment)]
    return [reference_text(cells), *wrong]


def learner(number: int) -> str:
    """Return the id of a learner."""
    return f"s{number:05}"


def hand_in(root: Path, assignment: str, number: int, text: str) -> None:
    """Store a version of a learner's."""
    work = File(f"{assignment}.py", text.encode(), 0.0)
    store = Store(root / "submissions")
    store.add(assignment, learner(number), [work], work.name, Metadata())


def copy_report(root: Path, assignment: Assignment, number: int, to: int) -> None:
    """Give a learner the report on the same work of another's."""
    results = Results(root / "results", assignment.name)
    known = results.read(learner(number))
    assert known is not None and known[1] is not None
    result = replace(known[0], learner=learner(to))
    results.write(result, known[1], to_markdown(result, assignment.titles, assignment.title))


def timed(root: Path, assignment: str, what: str) -> None:
    """Score the class as an instructor does; print seconds and what was graded."""
    words = ["score", assignment, "--explain", "--course", str(root)]
    began, used = time.monotonic(), used_by_children()
    done = subprocess.run(
        [sys.executable, "-m", "cli", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    seconds = time.monotonic() - began
    if done.returncode:
        sys.exit(done.stderr)
    graded = next(line for line in done.stderr.splitlines() if " graded now" in line)
    used = used_by_children() - used
    print(f"{what}: {seconds:.1f} s, processors {used:.1f} s; {graded}", flush=True)


def used_by_children() -> float:
    """Return the processor time of processes that were waited for, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
