"""The example class graded again and again: does the same submission get the same report?

Every regrade starts without results but for the secret seed, runs `score` on every assignment, and
compares each report, byte by byte but for what a clock measured, with that of the first.

    python benchmarks/regrades.py --times 100

Endless loops in the class are given one second instead of ten, so that it ends today.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.course.catalogue import Course, catalogue_file  # noqa: E402  # needs the path above
from grader.course.score import ScoreOptions, score, submissions_of  # noqa: E402
from grader.submission.collect import collect  # noqa: E402


def make_course(home: Path) -> Course:
    """Return this repository's course, impatient, with the example class collected."""
    for tree in ("solutions", "autograder_tests"):
        (home / tree).symlink_to(ROOT / tree)
    shutil.copytree(ROOT / "assignments", home / "assignments")
    path = catalogue_file(home)
    text = re.sub(r"\bseconds = [0-9.]+", "seconds = 1", path.read_text("utf-8"))
    path.write_text(text, encoding="utf-8")
    course = Course.load(home)
    for folder in sorted((ROOT / "examples" / "class").iterdir()):
        inbox = home / "inbox" / folder.name
        inbox.mkdir(parents=True)
        for path in folder.glob("*/*"):
            copy = shutil.copytree if path.is_dir() else shutil.copy2
            copy(path, inbox / path.name)
        collect(inbox, folder.name, submissions_of(course))
    return course


def regrade(course: Course) -> dict[str, str]:
    """Score everyone from nothing; return every report without its times."""
    results = course.root / "results"
    reports = {}
    for folder in sorted((ROOT / "examples" / "class").iterdir()):
        shutil.rmtree(results / folder.name, ignore_errors=True)
        score(course, course.assignment(folder.name), ScoreOptions(jobs=os.cpu_count() or 1))
        for path in sorted((results / folder.name).glob("*/report.json")):
            report = json.loads(path.read_text("utf-8"))
            del report["timing"]
            reports[f"{folder.name}/{path.parent.name}"] = json.dumps(report)
    return reports


def main() -> None:
    """Regrade, and say how many reports were ever another."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=100)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as home:
        course = make_course(Path(home))
        first = regrade(course)
        different: dict[str, int] = {}
        for number in range(2, times + 1):
            again = regrade(course)
            for name in first.keys() | again.keys():
                if first.get(name) != again.get(name):
                    different[name] = different.get(name, 0) + 1
            print(f"\r{number} of {times}", end="", file=sys.stderr, flush=True)
    print(f"\n{times} regrades of {len(first)} submissions; reports that differ: {len(different)}")
    for name, count in sorted(different.items()):
        print(f"  {name}: {count} times")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
