"""Are right answers right in every framework, and what do they cost?

Every accepted variant of the course is collected and scored as a learner's submission: all
frameworks in one class, each assignment once. The first table says for each exercise and framework
how many variants earned full marks, of how many there are. Then each framework has a class of its
own: seconds for a submission, with start-up apart, and the most memory that all processes together
had at a time, each shared page counted once.

    python benchmarks/every_framework.py [ASSIGNMENT ...] [--jobs 2] [--json FILE]

Frameworks that are not installed are left out, and named.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.audit.trials import is_installed  # noqa: E402
from grader.course.catalogue import Course  # noqa: E402
from grader.exercise import FRAMEWORKS, Assignment, Submission  # noqa: E402
from grader.grading.score import ScoreOptions, score, submissions_of  # noqa: E402
from grader.grading.setup import has_exercise  # noqa: E402
from grader.outcome import Result  # noqa: E402
from grader.submission.collect import collect  # noqa: E402
from grader.submission.read import read_submission  # noqa: E402

#: how often memory is measured, in seconds
_EVERY = 0.2

Variants = dict[str, tuple[Path, Submission]]


def variants_of(course: Course, assignment: Assignment) -> Variants:
    """Return the accepted variants that can be run here, by name."""
    found = {
        path.stem: (path, read_submission(path, assignment.name))
        for path in course.accepted(assignment)
    }
    return {name: one for name, one in found.items() if is_installed(one[1].framework)}


def graded(assignment: Assignment, variants: Variants, jobs: int) -> dict[str, Result]:
    """Collect and score *variants* as a class; return the results by name."""
    with tempfile.TemporaryDirectory() as place:
        home, inbox = Path(place, "course"), Path(place, "inbox")
        home.mkdir()
        for tree in ("assignments", "solutions", "autograder_tests"):
            (home / tree).symlink_to(ROOT / tree)
        for name, (path, _submission) in variants.items():
            (inbox / name).mkdir(parents=True)
            (inbox / name / f"{assignment.name}.py").write_bytes(path.read_bytes())
        course = Course.load(home)
        collection = collect(inbox, assignment.name, submissions_of(course))
        assert not collection.refused, collection.refused
        scored = score(course, course.assignment(assignment.name), ScoreOptions(jobs=jobs))
        assert not scored.lost, scored.lost
        return {result.learner: result for result in scored.results}


def verdicts(
    assignment: Assignment, variants: Variants, results: dict[str, Result]
) -> dict[str, dict[str, tuple[int, int]]]:
    """Return by exercise and framework how many variants had full marks, of how many."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for exercise in assignment.exercises:
        right, every = Counter[str](), Counter[str]()
        for name, (_path, submission) in variants.items():
            if has_exercise(submission, exercise.name):
                every[submission.framework] += 1
                right[submission.framework] += results[name].only([exercise.name]).full_marks
        found[exercise.name] = {one: (right[one], every[one]) for one in every}
    return found


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


def costs(course: Course, assignments: Sequence[Assignment], jobs: int) -> dict[str, list[float]]:
    """Return by framework: submissions, seconds each, seconds of start-up, memory in MiB."""
    found: dict[str, list[float]] = {}
    for framework in filter(is_installed, FRAMEWORKS):
        submissions, seconds, start, most = 0, 0.0, 0.0, 0.0
        for assignment in assignments:
            own = {n: v for n, v in variants_of(course, assignment).items()
                   if v[1].framework == framework}  # fmt: skip
            if not own:
                continue
            with memory() as peak:
                began = time.perf_counter()
                results = graded(assignment, own, jobs)
                whole = time.perf_counter() - began
            spent = sum(result.seconds for result in results.values())
            submissions, seconds = submissions + len(own), seconds + spent
            start, most = start + max(0.0, whole - spent / min(jobs, len(own))), max(most, peak[0])
        found[framework] = [submissions, seconds / submissions, start, most / 2**20]
    return found


def main() -> None:
    """Print the tables; exit with 1 if a right answer lost points."""
    parser = argparse.ArgumentParser(description="Every accepted variant, in one class.")
    parser.add_argument("assignments", nargs="*", metavar="ASSIGNMENT")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write both tables to FILE, too")
    options = parser.parse_args()
    course = Course.load(ROOT)
    chosen = [course.assignment(name) for name in options.assignments] or list(course.assignments)
    absent = [framework for framework in FRAMEWORKS if not is_installed(framework)]
    table: dict[str, dict[str, tuple[int, int]]] = {}
    for assignment in chosen:
        variants = variants_of(course, assignment)
        table |= verdicts(assignment, variants, graded(assignment, variants, options.jobs))
    print(f"| exercise | {' | '.join(FRAMEWORKS)} |\n| --- |{' --: |' * len(FRAMEWORKS)}")
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for exercise, row in table.items():
        cells = [f"{row[one][0]} of {row[one][1]}" if one in row else "–" for one in FRAMEWORKS]
        print(f"| {exercise} | {' | '.join(cells)} |")
        for one, (right, every) in row.items():
            sums[one] = [sums[one][0] + right, sums[one][1] + every]
    cells = [f"{sums[one][0]} of {sums[one][1]}" if one in sums else "–" for one in FRAMEWORKS]
    print(f"| all | {' | '.join(cells)} |")
    if absent:
        print(f"\nNot installed, and left out: {', '.join(absent)}.")
    spent = costs(course, chosen, options.jobs)
    print("\n| framework | submissions | seconds each | start-up, seconds | memory, MiB |")
    print("| --- | --: | --: | --: | --: |")
    for framework, (count, each, start, most) in spent.items():
        print(f"| {framework} | {count:.0f} | {each:.2f} | {start:.1f} | {most:.0f} |")
    if options.json:
        options.json.write_text(json.dumps({"verdicts": table, "costs": spent}, indent=2))
    sys.exit(any(right < every for right, every in sums.values()))


if __name__ == "__main__":
    main()
