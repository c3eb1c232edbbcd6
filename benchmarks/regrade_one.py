"""How long does it take to grade a class again when little has changed?

Makes a class in a folder of its own: each learner hands in the reference, or the reference with one
of the known mistakes. Grades it from nothing, and again after each of these: nothing changed; one
learner handed in again; a line was added to one check.

    python benchmarks/regrade_one.py [--learners 1000] [--assignment NAME] [--exercise NAME]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.course.catalogue import Course, apply_mistake  # noqa: E402  # needs the path above
from grader.course.source import reference_text  # noqa: E402
from grader.submission.files import File  # noqa: E402
from grader.submission.metadata import Metadata  # noqa: E402
from grader.submission.store import Store  # noqa: E402


def main() -> None:
    """Make the class, grade it again and again, print seconds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=1_000)
    parser.add_argument("--assignment", default="softmax_regression")
    parser.add_argument("--exercise", default="softmax")
    options = parser.parse_args()
    name = options.assignment
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        for tree in ("assignments", "solutions", "autograder_tests"):
            shutil.copytree(ROOT / tree, root / tree)
        texts = texts_for(Course.load(root), name)
        for number, text in enumerate(islice(cycle(texts), options.learners), 1):
            hand_in(root, name, number, text)
        timed(root, name, "from nothing")
        timed(root, name, "nothing changed")
        hand_in(root, name, 1, f"{texts[0]}\n# once more\n")
        timed(root, name, "one learner handed in again")
        path = root / "autograder_tests" / name / options.exercise / "test_public.py"
        lines = path.read_text("utf-8").splitlines()
        end = max(number for number, line in enumerate(lines) if line.startswith("    "))
        lines.insert(end + 1, "    assert student")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        timed(root, name, f"one check of {options.exercise} changed")


def texts_for(course: Course, name: str) -> list[str]:
    """Return the reference, and the reference with each known mistake, as learners hand them in."""
    assignment = course.assignment(name)
    cells = course.source(assignment)
    wrong = [apply_mistake(cells, mistake) for mistake in course.mistakes(assignment)]
    return [reference_text(cells), *wrong]


def hand_in(root: Path, assignment: str, number: int, text: str) -> None:
    """Store a version of a learner's, which no other has."""
    learner = f"s{number:05}"
    work = File(f"{assignment}.py", f"# {learner}\n{text}".encode(), 0.0)
    Store(root / "submissions").add(assignment, learner, [work], f"{learner}.py", Metadata())


def timed(root: Path, assignment: str, what: str) -> None:
    """Score the class as an instructor does; print the seconds, and what was graded."""
    words = ["score", assignment, "--explain", "--course", str(root)]
    began = time.monotonic()
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
    print(f"{what}: {seconds:.1f} s; {graded}", flush=True)


if __name__ == "__main__":
    main()
