"""The limit: a process with PyTorch and the checks loaded forks once per submission, without walls.

The fork imports the submission into itself and runs the checks there, which then hold the answers,
have no deadline and can be read by the submission. It gives no hints. Less than that nothing can do
that grades each submission in a process of its own, so it is what `score` is compared with.

    python benchmarks/bare_fork.py COURSE SUBMISSIONS --jobs 2 > points.json
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.course.catalogue import Course  # noqa: E402  # needs the path above
from grader.exercise import Submission  # noqa: E402
from grader.grading.setup import plan_for, reference_for, text_submission  # noqa: E402
from grader.sandbox.channel import LocalChannel  # noqa: E402
from grader.scoring.check_runner import CheckRunner  # noqa: E402
from grader.scoring.plan import Job  # noqa: E402
from grader.scoring.session import collected_checks  # noqa: E402
from grader.worker.module_host import Host  # noqa: E402


def points_of(runner: CheckRunner, submission: Submission) -> dict[str, float]:
    """Return the points of each exercise, graded in this process."""
    pieces = [(chunk.label, chunk.line, chunk.text) for chunk in submission.chunks]
    channel = LocalChannel(Host(pieces, submission.framework), submission.framework)
    found: dict[str, float] = {}
    for one in runner.run(Job("", submission), channel):
        found[one.exercise] = found.get(one.exercise, 0) + float(one.points)
    return found


def grade_all(
    runner: CheckRunner, submissions: dict[str, Submission], jobs: int
) -> dict[str, dict[str, float]]:
    """Fork for each submission, *jobs* at a time; return everyone's points."""
    found, running = {}, {}
    todo = list(submissions.items())
    while todo or running:
        while todo and len(running) < jobs:
            learner, submission = todo.pop()
            ours, theirs = os.pipe()
            pid = os.fork()
            if pid == 0:
                os.write(theirs, json.dumps(points_of(runner, submission)).encode())
                os._exit(0)
            os.close(theirs)
            running[pid] = learner, ours
        pid, _status = os.wait()
        learner, ours = running.pop(pid)
        with os.fdopen(ours, "rb") as answer:
            found[learner] = json.loads(answer.read() or b"{}")
    return found


def main() -> None:
    """Grade a folder of files; print points, and the seconds from the first fork to the last."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("course", type=Path)
    parser.add_argument("submissions", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    course = Course.load(options.course)
    (assignment,) = course.assignments
    submissions = {
        path.stem: text_submission(path.name, path.read_text("utf-8"), assignment.framework)
        for path in sorted(options.submissions.glob("*.py"))
    }
    reference = reference_for(course, assignment)
    with collected_checks(plan_for(course, assignment), reference) as runner:
        runner.warm(reference.as_student(assignment.framework))
        gc.collect()
        gc.freeze()
        began = time.monotonic()
        found = grade_all(runner, submissions, options.jobs)
        seconds = time.monotonic() - began
    json.dump({"seconds": seconds, "points": found}, sys.stdout)


if __name__ == "__main__":
    main()
