from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest

from grader.errors import InternalError
from grader.outcome import Outcome
from grader.sandbox.zygote import Zygote
from grader.scoring.executor import grade_all
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks

from ..made_results import made_check, made_result, without_seconds
from ..waiting import PATIENCE, until
from .conftest import REFERENCE, submission

JOBS = [Job(f"learner{number:02}", submission(f"# {number}")) for number in range(12)]


def result_of(job, notes=()):
    """Return a result without any check."""
    return made_result(learner=job.learner, notes=notes)


def ends(jobs, processes, grade, **more):
    """Return the end of every job, and see that each has exactly one."""
    found = list(grade_all(jobs, [object()] * processes, grade, **more))
    assert Counter(ended.job.learner for ended in found) == Counter(job.learner for job in jobs)
    return {ended.job.learner: ended for ended in found}


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_every_job_ends_once(processes):
    """Whatever the number of processes; none of no jobs."""
    found = ends(JOBS, processes, lambda job, zygote: result_of(job))

    assert all(found[job.learner].result == result_of(job) for job in JOBS)
    assert ends([], processes, lambda job, zygote: result_of(job)) == {}


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("busy", [1, 9])
def test_a_job_for_which_the_machine_was_too_busy_is_graded_once_more(tmp_path, processes, busy):
    """After all others and no third time: what comes of it then is what there is."""

    def grade(job, zygote):
        tries = tmp_path / job.learner
        with tries.open("a") as file:
            file.write(f"{time.monotonic_ns()}\n")
        times = len(tries.read_text().splitlines())
        late = job.learner in ("learner00", "learner03") and times <= busy
        outcome = Outcome.INTERNAL if late else Outcome.PASSED
        check = made_check("f.test_f", outcome, machine_busy=late)
        return made_result(check, learner=job.learner)

    found = ends(JOBS, processes, grade, again=lambda result: result.machine_busy)
    tries = {path.name: list(map(int, path.read_text().split())) for path in tmp_path.iterdir()}
    again = {"learner00", "learner03"}

    assert {name for name, times in tries.items() if len(times) == 2} == again
    assert {len(times) for times in tries.values()} == {1, 2}
    first = [times[0] for times in tries.values()]
    assert all(sum(time > tries[name][1] for time in first) < processes for name in again)
    assert all(found[name].result.final == (busy == 1) for name in again)


def test_the_work_is_done_elsewhere(tmp_path):
    """Several processes, none of them this one, each with the zygote it was given."""
    ours = os.getpid()

    def grade(job, zygote):
        (tmp_path / str(os.getpid())).touch()
        until(lambda: len(list(tmp_path.iterdir())) == 2)
        return result_of(job, (str(os.getpid()), zygote))

    found = list(grade_all(JOBS, ["one", "two"], grade))
    pairs = {ended.result.notes for ended in found}

    assert len(pairs) == 2
    assert {zygote for _pid, zygote in pairs} == {"one", "two"}
    assert str(ours) not in {pid for pid, _zygote in pairs}


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(
    ("error", "text"),
    [(InternalError("no zygote"), "no zygote"), (KeyError("bug"), "KeyError: 'bug'")],
)
def test_one_failure_of_ours_does_not_stop_the_class(processes, error, text):
    """A job that cannot be graded has no result and says why; the others have theirs."""

    def grade(job, zygote):
        if job.learner == "learner03":
            raise error
        return result_of(job)

    found = ends(JOBS, processes, grade)
    lost = found.pop("learner03")

    assert (lost.result, lost.error) == (None, text)
    assert all(ended.result for ended in found.values())


def test_a_grading_process_that_dies_loses_nothing(tmp_path):
    """Its job is tried once more; all others are graded as if nothing had happened."""

    def grade(job, zygote):
        with (tmp_path / job.learner).open("a") as log:
            log.write("x")
        if job.learner == "learner05" and (tmp_path / job.learner).stat().st_size == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return result_of(job)

    found = ends(JOBS, 2, grade)

    assert all(ended.result == result_of(ended.job) for ended in found.values())
    assert [p.name for p in tmp_path.iterdir() if p.read_text() != "x"] == ["learner05"]


def test_a_job_that_kills_its_process_every_time_is_given_up():
    """It costs nobody else a grade, even where every process dies of it."""

    def grade(job, zygote):
        if job.learner in ("learner00", "learner01", "learner11"):
            os.kill(os.getpid(), signal.SIGKILL)
        return result_of(job)

    found = ends(JOBS, 2, grade)
    lost = {name: ended.error for name, ended in found.items() if ended.result is None}

    text = "the grading process died twice"
    assert lost == dict.fromkeys(["learner00", "learner01", "learner11"], text)


def test_where_nothing_forks_jobs_run_here_one_after_another(monkeypatch):
    """On Windows and macOS: also jobs that might end the process, and each with a result."""
    monkeypatch.delattr(os, "fork")

    def grade(job, zygote):
        assert zygote == "the first"
        return result_of(job, (str(os.getpid()),))

    found = list(grade_all(JOBS, ["the first", "another"], grade, may_kill=True))

    assert [job.learner for job in JOBS] == [ended.job.learner for ended in found]
    assert {(str(os.getpid()),)} == {ended.result.notes for ended in found}


def alive(pid):
    """Return whether a process still runs; one that waits for its parent to look does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def gone(pids):
    """Return whether all processes end, given a moment."""
    return until(lambda: not any(map(alive, pids)))


@pytest.mark.parametrize("stop", [GeneratorExit, KeyboardInterrupt])
def test_stopping_leaves_no_process(tmp_path, stop):
    """Grading processes end with the run, also in the middle of a job."""

    def grade(job, zygote):
        (tmp_path / str(os.getpid())).touch()
        if job.learner != "learner00":
            time.sleep(60)
        return result_of(job)

    running = grade_all(JOBS, [object()] * 2, grade)
    next(running)
    if stop is GeneratorExit:
        running.close()
    else:
        with pytest.raises(KeyboardInterrupt):
            running.throw(KeyboardInterrupt())

    assert gone([int(path.name) for path in tmp_path.iterdir()])


PARENT = """
import os, sys, time
from pathlib import Path
from grader.exercise import Submission
from grader.scoring.executor import grade_all
from grader.scoring.plan import Job

home = Path(sys.argv[1])

def grade(job, zygote):
    (home / str(os.getpid())).touch()
    time.sleep(60)

jobs = [Job(str(n), Submission("", (), "numpy", "")) for n in range(4)]
list(grade_all(jobs, [object()] * 2, grade))
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_grading_process_outlives_its_parent(tmp_path, number):
    """Not even one whose parent had no time to say goodbye."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)],
        env=environment,
        stderr=subprocess.DEVNULL,
        # Where tests run in the background, Ctrl-C would be ignored from the start.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    try:
        until(lambda: len(list(tmp_path.iterdir())) == 2)
        pids = [int(path.name) for path in tmp_path.iterdir()]
        assert len(pids) == 2
        assert all(map(alive, pids))
        parent.send_signal(number)
        parent.wait(PATIENCE)
    finally:
        with contextlib.suppress(ProcessLookupError):
            parent.kill()
        parent.wait()

    assert gone(pids)


def test_two_processes_give_the_results_of_one(mini, zygote):
    """Order and seconds apart, nothing depends on how many there are."""
    made = mini(seconds=1.0)
    wrong = REFERENCE.replace("2 * x", "3 * x")
    jobs = [
        Job("ada", submission(REFERENCE)),
        Job("bob", submission(wrong)),
        Job("cleo", submission("import os\nos._exit(1)\n" + REFERENCE)),
        Job("dan", submission(REFERENCE.replace("2 * x", "__import__('os')._exit(0)"))),
        Job("eve", submission("x = ")),
    ]

    def timeless(ended):
        result = ended.result
        return result.learner, without_seconds(result)

    with collected_checks(made.plan, made.reference) as runner:
        runner.warm(made.reference.as_student("numpy"))
        one = dict(map(timeless, grade_all(jobs, [zygote], runner.grade)))
        with Zygote(("numpy",)) as second:
            two = dict(map(timeless, grade_all(jobs, [zygote, second], runner.grade)))

    assert one == two
    assert [str(one[job.learner].score) for job in jobs] == ["5", "2", "5", "2", "0"]
