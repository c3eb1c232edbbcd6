"""The example class scored alone, and on a busy machine: are the reports the same?

First alone, then beside some endless loops, then in several runs at once. Every report is compared,
byte by byte but for what a clock measured, with the one of the run alone.

    python benchmarks/busy_machine.py [ASSIGNMENT ...] --loops 2 6 12 --at-once 6 --seconds 2
    python benchmarks/busy_machine.py --course COURSE     # a class of your own, as it was collected

With ``--seconds``, endless loops in the class have less time than the course gives them, so that it
ends today.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from regrades import assignments, copy_course, difference, make_course, score_all  # noqa: E402

from grader.course.catalogue import Course  # noqa: E402
from grader.grading.secret_seed import secret_seed  # noqa: E402


def score_in(home: Path, chosen: list[str]) -> None:
    """Score the course in *home*, and write its reports beside it."""
    course = Course.load(home)
    reports = dict(score_all(course, assignments(course, chosen)))
    (home / "reports.json").write_text(json.dumps(reports))


def reports_of(homes: list[Path], chosen: list[str]) -> list[dict[str, str]]:
    """Score the courses in *homes*, all at once, each in a process of its own."""
    context = multiprocessing.get_context("spawn")
    runs = [context.Process(target=score_in, args=(home, chosen)) for home in homes]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    return [json.loads((home / "reports.json").read_text()) for home in homes]


def spin() -> None:
    """Use a processor until killed."""
    while True:
        pass


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """Keep the machine busy with so many endless loops."""
    running = [multiprocessing.Process(target=spin, daemon=True) for _ in range(loops)]
    for loop in running:
        loop.start()
    try:
        yield
    finally:
        for loop in running:
            loop.kill()
            loop.join()


def main() -> None:
    """Score, and say how many reports were another."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("assignments", nargs="*", metavar="ASSIGNMENT")
    parser.add_argument("--course", type=Path, help="instead of the example class")
    parser.add_argument("--loops", type=int, nargs="*", default=[2, 6, 12])
    parser.add_argument("--at-once", type=int, default=6)
    parser.add_argument("--seconds", type=float, help="for a check; default what the course gives")
    options = parser.parse_args()
    different = 0
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory) / "0"
        home.mkdir()
        if options.course:
            copy_course(options.course, home, options.seconds)
            handed_in = options.course / "submissions"
            shutil.copytree(handed_in, home / "submissions", symlinks=True)
        else:
            make_course(home, options.seconds)
        secret_seed(Course.load(home))
        homes = [home] + [home.with_name(str(n)) for n in range(1, options.at_once)]
        for other in homes[1:]:
            shutil.copytree(home, other, symlinks=True)
        alone: dict[str, str] = {}
        for loops, together in [(0, 1), *((n, 1) for n in options.loops), (0, options.at_once)]:
            if together == 0:
                continue
            began = time.monotonic()
            with busy(loops):
                found = reports_of(homes[:together], options.assignments)
            alone = alone or found[0]
            others = [(name, run[name]) for run in found for name in alone]
            wrong = [(name, report) for name, report in others if report != alone[name]]
            for name, report in wrong:
                print(f"\n{name}\n{difference(alone[name], report)}")
            different += len(wrong)
            print(
                f"{loops:2} loops, {together} runs at once: {len(others)} reports, "
                f"{len(wrong)} differ; {time.monotonic() - began:.0f} s",
                flush=True,
            )
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
