"""Are right answers right in every framework, and what do they cost?

The reference and every accepted variant of the course are collected and scored as submissions of
learners: each assignment once, each framework in a class of its own. The first table says for each
exercise and framework how many earned full marks, of how many there are, or why there is none. The
second has, by framework, the seconds on the clock for a submission, with start-up apart, and the
most memory that all processes together had at a time, each shared page counted once.

    python benchmarks/every_framework.py [ASSIGNMENT ...] [--jobs 2] [--json FILE]

With ``--json``, the figures of each assignment are kept in FILE as soon as they are there; an
assignment that FILE has is not graded again.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.audit.trials import is_installed  # noqa: E402
from grader.course.catalogue import Course  # noqa: E402
from grader.course.source import reference_text  # noqa: E402
from grader.exercise import FRAMEWORKS, Assignment, Submission  # noqa: E402
from grader.grading.score import ScoreOptions, score, submissions_of  # noqa: E402
from grader.grading.setup import has_exercise  # noqa: E402
from grader.outcome import Result  # noqa: E402
from grader.submission.collect import collect  # noqa: E402
from grader.submission.read import read_submission  # noqa: E402

#: how often memory is measured, in seconds
_EVERY = 0.2

#: what an assignment gave: ``verdicts``, by exercise and framework how many had full marks, of how
#: many; ``costs``, by framework submissions, their seconds, those of start-up, memory in MiB
Figures = dict[str, dict[str, Any]]


def answers_of(course: Course, assignment: Assignment, inbox: Path) -> dict[str, Submission]:
    """Write the right answers that can be run here to *inbox*, each in a folder; return them."""
    texts = {path.stem: path.read_text("utf-8") for path in course.accepted(assignment)}
    texts["reference"] = reference_text(course.source(assignment))
    found = {}
    for name, text in texts.items():
        path = inbox / name / f"{assignment.name}.py"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        found[name] = read_submission(path, assignment.name)
    return {name: one for name, one in found.items() if is_installed(one.framework)}


def graded(assignment: Assignment, inbox: Path, names: Sequence[str], jobs: int) -> list[Result]:
    """Collect the answers of these *names* and score them as a class."""
    with tempfile.TemporaryDirectory() as place:
        home, handed_in = Path(place, "course"), Path(place, "inbox")
        for folder in (home, handed_in):
            folder.mkdir()
        for tree in ("assignments", "solutions", "autograder_tests"):
            (home / tree).symlink_to(ROOT / tree)
        for name in names:
            (inbox / name).rename(handed_in / name)
        course = Course.load(home)
        collection = collect(handed_in, assignment.name, submissions_of(course))
        assert not collection.refused, collection.refused
        scored = score(course, course.assignment(assignment.name), ScoreOptions(jobs=jobs))
        assert not scored.lost, scored.lost
        return scored.results


@contextmanager
def memory() -> Iterator[list[int]]:
    """Yield a list with the largest memory of this process and its descendants, in bytes."""
    most, ended = [0], threading.Event()

    def watch() -> None:
        while not ended.wait(_EVERY):
            most[0] = max(most[0], sum(map(_share, _family(os.getpid()))))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        ended.set()
        watcher.join()


def _family(pid: int) -> Iterator[int]:
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _share(pid: int) -> int:
    """Return the memory of a process, of each shared page its share."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    line = next((line for line in rollup.splitlines() if line.startswith("Pss:")), "Pss: 0 kB")
    return int(line.split()[1]) * 1024


def figures_of(course: Course, assignment: Assignment, jobs: int) -> Figures:
    """Grade every right answer of *assignment*, one framework after the other."""
    verdicts: dict[str, dict[str, list[int]]] = {one.name: {} for one in assignment.exercises}
    costs = {}
    with tempfile.TemporaryDirectory() as place:
        answers = answers_of(course, assignment, Path(place))
        for framework in sorted({one.framework for one in answers.values()}):
            names = [name for name, one in answers.items() if one.framework == framework]
            with memory() as peak:
                began = time.perf_counter()
                results = graded(assignment, Path(place), names, jobs)
                whole = time.perf_counter() - began
            for exercise, row in verdicts.items():
                right = [
                    result.only([exercise]).full_marks
                    for result in results
                    if has_exercise(answers[result.learner], exercise)
                ]
                row |= {framework: [sum(right), len(right)]} if right else {}
            spent = sum(result.seconds for result in results)
            start = max(0.0, whole - spent / min(jobs, len(names)))
            costs[framework] = [len(names), spent, start, peak[0] / 2**20]
    return {"verdicts": verdicts, "costs": costs}


def printed(every: Sequence[Figures]) -> bool:
    """Print both tables; return whether every right answer had full marks."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    print(f"| exercise | {' | '.join(FRAMEWORKS)} |\n| --- |{' --: |' * len(FRAMEWORKS)}")
    for exercise, row in (pair for one in every for pair in one["verdicts"].items()):
        print(f"| {exercise} | {' | '.join(_cell(row, one) for one in FRAMEWORKS)} |")
        for one, (right, tried) in row.items():
            sums[one] = [sums[one][0] + right, sums[one][1] + tried]
    print(f"| all | {' | '.join(_cell(sums, one) for one in FRAMEWORKS)} |")
    print("\n| framework | submissions | seconds each | start-up, seconds | memory, MiB |")
    print("| --- | --: | --: | --: | --: |")
    for framework in FRAMEWORKS:
        costs = [one["costs"][framework] for one in every if framework in one["costs"]]
        if costs:
            count, seconds, starts, most = zip(*costs, strict=True)
            each, start = sum(seconds) / sum(count), sum(starts) / len(costs)
            print(f"| {framework} | {sum(count)} | {each:.2f} | {start:.1f} | {max(most):.0f} |")
    return all(right == tried for right, tried in sums.values())


def _cell(row: dict[str, list[int]], framework: str) -> str:
    """Return how many were right, of how many, or why there is none."""
    if framework in row:
        return "{} of {}".format(*row[framework])
    return "none written" if is_installed(framework) else "not installed"


def main() -> None:
    """Print the tables; exit with 1 if a right answer lost points."""
    parser = argparse.ArgumentParser(description="Every right answer, in every framework.")
    parser.add_argument("assignments", nargs="*", metavar="ASSIGNMENT")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures in FILE")
    options = parser.parse_args()
    course = Course.load(ROOT)
    chosen = [course.assignment(name) for name in options.assignments] or list(course.assignments)
    kept: dict[str, Figures] = {}
    if options.json and options.json.exists():
        kept = json.loads(options.json.read_text("utf-8"))
    for assignment in chosen:
        if assignment.name not in kept:
            kept[assignment.name] = figures_of(course, assignment, options.jobs)
            if options.json:
                options.json.write_text(json.dumps(kept, indent=2), "utf-8")
    sys.exit(not printed([kept[assignment.name] for assignment in chosen]))


if __name__ == "__main__":
    main()
