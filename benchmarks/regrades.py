"""The example class graded again and again: does the same submission get the same report?

First whole runs of `score`, each from nothing but the secret seed; then regrades in one session per
assignment, each submission in a fresh worker. Every report is compared, byte by byte but for what a
clock measured, with the first of its learner.

    python benchmarks/regrades.py [ASSIGNMENT ...] --runs 3 --times 100 --seconds 4

With ``--seconds``, endless loops in the class have less time than the course gives them, so that it
ends today. What takes its time and memory needs some: on a busy machine too little is a difference.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.kills import timeless  # noqa: E402  # needs the path above
from grader.course.catalogue import Course, catalogue_file  # noqa: E402
from grader.course.slots import slot_of  # noqa: E402
from grader.exercise import Assignment, Submission  # noqa: E402
from grader.grading.score import ScoreOptions, score, submissions_of  # noqa: E402
from grader.grading.secret_seed import secret_seed  # noqa: E402
from grader.grading.setup import (  # noqa: E402
    diagnosis_for,
    plan_for,
    read_or_note,
    reference_for,
)
from grader.outcome import Result  # noqa: E402
from grader.report.json_report import to_json  # noqa: E402
from grader.sandbox.zygote import Zygote  # noqa: E402
from grader.scoring.executor import grade_all  # noqa: E402
from grader.scoring.plan import Job  # noqa: E402
from grader.scoring.session import collected_checks  # noqa: E402
from grader.submission.collect import collect  # noqa: E402

JOBS = os.cpu_count() or 1


def make_course(home: Path, seconds: float | None) -> Course:
    """Return this repository's course with the example class, and *seconds* for every check."""
    copy_course(ROOT, home, seconds)
    course = Course.load(home)
    for folder in sorted((ROOT / "examples" / "class").iterdir()):
        inbox = home / "inbox" / folder.name
        inbox.mkdir(parents=True)
        for path in folder.glob("*/*"):
            copy = shutil.copytree if path.is_dir() else shutil.copy2
            copy(path, inbox / path.name)
        collect(inbox, folder.name, submissions_of(course))
    return course


def copy_course(root: Path, home: Path, seconds: float | None) -> None:
    """Make the course in *root* one in *home*, with *seconds* for every check."""
    for tree in ("solutions", "autograder_tests"):
        (home / tree).symlink_to((root / tree).resolve())
    shutil.copytree(root / "assignments", home / "assignments")
    if seconds is not None:
        path = catalogue_file(home)
        text = re.sub(r"\bseconds = [0-9.]+", f"seconds = {seconds:g}", path.read_text("utf-8"))
        path.write_text(text, encoding="utf-8")


def without_times(result: Result) -> str:
    """Return the report of *result*, but for what a clock measured."""
    report = json.loads(to_json(result), object_pairs_hook=timeless)
    return json.dumps(report, indent=1)


def difference(one: str, other: str) -> str:
    """Return the lines in which two reports differ."""
    lines = difflib.unified_diff(
        one.splitlines(), other.splitlines(), "first", "now", "", "", 1, ""
    )
    return "\n".join(lines)


def score_all(course: Course, chosen: list[Assignment]) -> Iterator[tuple[str, str]]:
    """Score everyone from nothing; yield whose report each is, and the report."""
    for assignment in chosen:
        shutil.rmtree(course.root / "results" / assignment.name, ignore_errors=True)
        for result in score(course, assignment, ScoreOptions(jobs=JOBS)).results:
            yield f"{assignment.name}/{result.learner}", without_times(result)


def regrade(course: Course, assignment: Assignment, times: int) -> Iterator[tuple[str, str]]:
    """Grade everyone who can be read *times* times in one session; yield as above."""
    store = submissions_of(course)
    jobs = []
    for learner in store.learners(assignment.name):
        version = store.latest(assignment.name, learner)
        read = read_or_note(
            version.main, assignment, version.name, version.digest, slot=slot_of(course, assignment)
        )
        jobs += [Job(learner, read)] if isinstance(read, Submission) else []
    frameworks = sorted({job.submission.framework for job in jobs} | {assignment.framework})
    reference = reference_for(course, assignment)
    diagnosis = diagnosis_for(course, assignment, reference)
    plan = plan_for(course, assignment, secret=secret_seed(course))
    with ExitStack() as stack:
        runner = stack.enter_context(collected_checks(plan, reference))
        zygotes = [stack.enter_context(Zygote(frameworks)) for _ in range(JOBS)]
        grade = partial(runner.grade, explain=diagnosis.hints)
        ended = list(grade_all(jobs * times, zygotes, grade))
    lost = [f"{one.job.learner}: {one.error}" for one in ended if one.result is None]
    assert not lost, lost
    for one in ended:
        yield f"{assignment.name}/{one.job.learner}", without_times(one.result)


def assignments(course: Course, chosen: list[str]) -> list[Assignment]:
    """Return those that the class has handed in, of *chosen* ones if there are any."""
    store = submissions_of(course)
    wanted = [one for one in course.assignments if not chosen or one.name in chosen]
    return [assignment for assignment in wanted if store.learners(assignment.name)]


def main() -> None:
    """Regrade, and say how many reports were ever another."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("assignments", nargs="*", metavar="ASSIGNMENT")
    parser.add_argument("--seconds", type=float, help="for a check; default what the course gives")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--times", type=int, default=100)
    options = parser.parse_args()
    first: dict[str, str] = {}
    seen: Counter[str] = Counter()
    different: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as home:
        course = make_course(Path(home), options.seconds)
        chosen = assignments(course, options.assignments)
        runs = [score_all(course, chosen) for _ in range(options.runs)]
        again = [regrade(course, one, options.times) for one in chosen]
        for number, reports in enumerate([*runs, *again], 1):
            for name, report in reports:
                seen[name] += 1
                if first.setdefault(name, report) != report:
                    different[name] += 1
                    print(f"\n{name}\n{difference(first[name], report)}")
            print(f"\r{number} of {len(runs) + len(again)}", end="", file=sys.stderr, flush=True)
    print(f"\n{len(first)} submissions, {sum(seen.values())} reports")
    print(f"reports that differ from the first of their learner: {sum(different.values())}")
    for name, count in sorted(different.items()):
        print(f"  {name}: {count} of {seen[name]}")
    sys.exit(1 if sum(different.values()) else 0)


if __name__ == "__main__":
    main()
