from __future__ import annotations

import contextlib
import csv
import errno
import os
import signal
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader import language
from grader.commands import score as command
from grader.errors import AuthoringError, InternalError, UsageError
from grader.grading import kept, setup
from grader.grading import score as module
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.report.json_report import from_json
from grader.sandbox.zygote import Zygote
from grader.submission.collect import collect
from grader.submission.roster import naming_rules

from ..made_results import without_seconds
from ..waiting import PATIENCE, hold_after, until
from ..warmup import CHECKS, RIGHT, edited, made

WRONG = RIGHT.replace("factor * x", "factor + x")
CLASS = {
    "ada": RIGHT,
    "bob": WRONG,
    "cleo": "# nothing yet\nx = 1\n",
    "dan": RIGHT.replace("return factor * x", "x *= factor\n    return x"),
}


@pytest.fixture(autouse=True)
def english_and_quick(monkeypatch):
    """Speak English; leave PyTorch out of the zygotes."""
    language.use("en")
    monkeypatch.setattr(setup, "Zygote", lambda frameworks, *walls: Zygote(("numpy",), *walls))
    yield
    language.use("en")


def hand_in(course, texts, tmp_path, at=0):
    """Collect *texts*, by learner."""
    folder = tmp_path / f"in{at}"
    for learner, text in texts.items():
        (folder / learner).mkdir(parents=True)
        path = folder / learner / "warmup.py"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return collect(folder, "warmup", submissions_of(course))


@pytest.fixture
def course(tmp_path):
    """Return a course with a collected class."""
    course = made(tmp_path / "course")
    hand_in(course, CLASS, tmp_path)
    return course


def scored(course, *learners, jobs=1, **more):
    """Score the class."""
    return score(course, course.assignments[0], ScoreOptions(jobs, learners, **more))


def grades(course):
    """Return what stands in grades.csv, by learner."""
    text = (course.root / "results/warmup/grades.csv").read_text(encoding="utf-8-sig")
    return {row.split(",")[0]: row.split(",")[2] for row in text.splitlines()[1:]}


def reports(course):
    """Return every report without what a clock measured."""
    found = {}
    for path in sorted((course.root / "results/warmup").glob("*/report.json")):
        result, fingerprint = from_json(path.read_bytes())
        found[path.parent.name] = without_seconds(result), fingerprint
    return found


def test_a_class_is_scored(course):
    """Everyone has a report in both forms, and stands in grades.csv."""
    done = scored(course)

    assert [(r.learner, str(r.score)) for r in done.results] == [
        ("ada", "4"),
        ("bob", "0"),
        ("cleo", "0"),
        ("dan", "3"),
    ]
    assert (done.graded, done.lost) == (4, {})
    assert grades(course) == {"ada": "4", "bob": "0", "cleo": "0", "dan": "3"}
    assert {p.name for p in (course.root / "results/warmup/dan").iterdir()} == {
        "report.json",
        "report.md",
    }
    hints = {hint for check in done.results[1].checks for hint in check.hints}
    assert "What should happen to an entry that is 0?" in hints


def test_work_that_lacked_a_library_is_graded_again_once_it_is_installed(
    course, tmp_path, monkeypatch, capsys
):
    """Until then it is unchanged, and the instructor is told of what is missing for whom."""
    lacking = RIGHT.replace("def", "from absent import scaled\n\n\n@scaled\ndef")
    hand_in(course, {"bob": lacking, "dan": lacking}, tmp_path, at=1)
    assert [str(r.score) for r in scored(course).results] == ["4", "0", "0", "0"]
    again = scored(course)
    command._say_score(again, "")
    assert again.graded == 0
    assert "here: absent. Learners whose code needs it: 2 (bob, dan)." in capsys.readouterr().err

    monkeypatch.setattr(kept.importlib.util, "find_spec", lambda name: name == "absent")
    assert scored(course).graded == 2


def test_a_merge_conflict_is_noted_even_where_the_code_works(course, tmp_path):
    """Which of its two versions counts was decided here."""
    hand_in(course, {"ada": f"<<<<<<< a\n{WRONG}=======\n{RIGHT}>>>>>>> b\n"}, tmp_path, at=1)
    (result,) = scored(course, "ada").results

    assert result.full_marks
    assert result.notes[0].startswith("warmup.py, line 1: this is a merge conflict of Git.")


def test_only_what_changed_is_graded_again(course, tmp_path):
    """Nothing on a second run; a new version only for its learner; everything for new checks."""
    first = scored(course)
    again = scored(course)
    assert again.graded == 0
    assert again.results == first.results

    hand_in(course, {"bob": RIGHT, "ada": RIGHT}, tmp_path, at=1)
    assert scored(course).graded == 1
    assert grades(course)["bob"] == "4"

    changed = edited(course, f"{CHECKS}/test_public.py", "normal(4)", "normal(5)")
    assert scored(changed).graded == 4


def test_some_learners_only(course):
    """grades.csv keeps everyone who has a report."""
    assert scored(course, "bob").graded == 1
    assert grades(course) == {"bob": "0"}
    assert scored(course, "ada").graded == 1
    assert grades(course) == {"ada": "4", "bob": "0"}


def test_a_damaged_report_is_made_again(course):
    """What cannot be read is not trusted."""
    scored(course)
    before = reports(course)
    path = course.root / "results/warmup/ada/report.json"
    path.write_bytes(path.read_bytes()[:-20])

    assert scored(course).graded == 1
    assert reports(course) == before


def test_what_cannot_be_read_gets_nothing_and_stops_nobody(course, tmp_path):
    """The report says why; it is not made again before something changes."""
    hand_in(course, {"eve": b"", "finn": b"{\xff\xfe", "gus": RIGHT}, tmp_path, at=1)
    done = scored(course)
    results = {result.learner: result for result in done.results}

    assert (results["eve"].score, results["eve"].max_score, results["eve"].final) == (0, 4, True)
    assert "the file is empty" in results["eve"].notes[0]
    assert all("the file is empty" in check.message for check in results["eve"].checks)
    assert results["gus"].score == 4
    assert "the file is empty" in (course.root / "results/warmup/eve/report.md").read_text(
        encoding="utf-8"
    )
    assert scored(course).graded == 0


def test_what_is_damaged_since_it_was_collected_has_no_grade(course):
    """It is not the learner's fault, so there is no zero; the others are graded."""
    (folder,) = (course.root / "submissions/warmup/bob").iterdir()
    (folder / "receipt.json").write_text("{")
    done = scored(course)

    assert set(done.lost) == {"bob"}
    assert "receipt.json is missing or damaged" in done.lost["bob"]
    assert [result.learner for result in done.results] == ["ada", "cleo", "dan"]


def test_what_was_tampered_with_has_no_grade_until_it_is_collected_again(course, tmp_path):
    """The message names the file; the others are graded; the grade comes back."""
    scored(course)
    (path,) = (course.root / "submissions/warmup").glob("bob/*/files/warmup.py")
    path.chmod(0o644)
    path.write_text(RIGHT)
    done = scored(course)

    assert done.lost == {"bob": f"{path} was changed since it was collected; collect it again"}
    assert grades(course) == {"ada": "4", "cleo": "0", "dan": "3"}

    hand_in(course, {"bob": WRONG}, tmp_path, at=1)

    assert scored(course).lost == {}
    assert grades(course) == {"ada": "4", "bob": "0", "cleo": "0", "dan": "3"}


def test_a_disk_that_fills_up_midway_keeps_what_is_done(course, monkeypatch):
    """The error says what happened; the next run does the rest, and grades are as ever."""
    write, done = module.Results.write, []

    def full(results, result, fingerprint, markdown):
        if len(done) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        done.append(result.learner)
        write(results, result, fingerprint, markdown)

    with monkeypatch.context() as patch:
        patch.setattr(module.Results, "write", full)
        with pytest.raises(InternalError, match=r"cleo cannot be written: No space left on device"):
            scored(course)

    assert scored(course).graded == 2
    assert grades(course) == {"ada": "4", "bob": "0", "cleo": "0", "dan": "3"}


def test_without_room_nothing_is_graded(course, monkeypatch):
    """It is said before, not after the tenth learner."""
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=3 << 20))

    with pytest.raises(InternalError, match=r"3 MiB left, .*Nothing was graded"):
        scored(course)
    assert not (course.root / "results/warmup").exists()


def test_nothing_collected_and_unknown_learners_are_refused(tmp_path, course):
    """Before anything is graded."""
    with pytest.raises(UsageError, match="nobody has not submitted warmup"):
        scored(course, "nobody")
    empty = made(tmp_path / "empty")
    with pytest.raises(UsageError, match="Nothing has been collected for warmup"):
        scored(empty)


def test_a_broken_course_grades_nobody(course):
    """A reference that fails costs no learner a point."""
    broken = edited(course, f"{CHECKS}/test_public.py", "reference.scale(x, 2.5)", "-x")

    with pytest.raises(AuthoringError, match="the reference fails test_values"):
        scored(broken)
    assert not list(course.root.glob("results/*/*/report.json"))


def test_below_the_isolation_asked_for_nobody_is_graded(course):
    """A class is graded behind the walls that its course asks for, or not at all."""
    demanding = replace(course, min_isolation="private root")

    with pytest.raises(InternalError, match="nothing was graded"):
        scored(demanding, level="landlock")
    assert not list(course.root.glob("results/*/*/report.json"))


def test_an_internal_failure_is_graded_again(course):
    """A result that is not final does not stand for the next run."""
    path = course.root / CHECKS / "test_hidden.py"
    text = path.read_text(encoding="utf-8")
    unlucky = "    if float(x[0, 0]) != float(before[0, 0]):\n        raise OSError('disk')\n"
    path.write_text(text.replace("    assert_unchanged", unlucky + "    assert_unchanged"))
    first = scored(course)

    assert [r.final for r in first.results] == [True, True, True, False]
    assert (first.results[3].score, scored(course).graded) == (3, 1)


def test_progress_is_told(course):
    """How many are done, of how many, and who."""
    told = []
    score(
        course,
        course.assignments[0],
        ScoreOptions(),
        lambda done, total, result: told.append((done, total, result.learner)),
    )

    assert told == [(1, 4, "ada"), (2, 4, "bob"), (3, 4, "cleo"), (4, 4, "dan")]


def test_several_processes_give_the_same_grades(course):
    """Reports and table do not depend on how many processes there were."""
    scored(course)
    one = reports(course)
    for path in (course.root / "results/warmup").glob("*/report.json"):
        path.unlink()
    done = scored(course, jobs=3)

    assert done.graded == 4
    assert [result.learner for result in done.results] == sorted(CLASS)
    assert reports(course) == one


# -- a run that is killed --------------------------------------------------------------------------


def family_of(parents):
    """Return *parents* and all below them."""
    found, new = set(), set(parents)
    while new:
        found |= new
        children = set()
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError, IndexError):
                fields = path.read_text().rpartition(")")[2].split()
                if int(fields[1]) in new and fields[0] not in "ZX":
                    children.add(int(path.parent.name))
        new = children - found
    return found


SLOW = "import time\n\ndef scale(x, factor):\n    time.sleep(0.06)\n    return x * factor\n"

RUN = """
import sys
from pathlib import Path
from grader.course.catalogue import Course
from grader.grading import setup
from grader.grading.score import ScoreOptions, score
from grader.sandbox.zygote import Zygote

setup.Zygote = lambda frameworks, *walls: Zygote(("numpy",), *walls)
course = Course.load(Path(sys.argv[1]))
score(course, course.assignments[0], ScoreOptions(int(sys.argv[2])))
"""


@pytest.mark.parametrize(
    ("number", "jobs"),
    [
        (signal.SIGKILL, 2),
        (signal.SIGTERM, 1),
        pytest.param(signal.SIGINT, 2, marks=pytest.mark.slow),  # as test_cli has it
    ],
)
def test_a_killed_run_is_taken_up_where_it_stopped(tmp_path, number, jobs):
    """Same grades as undisturbed, nothing graded twice, no process left over."""
    course = made(tmp_path / "course")
    texts = {f"learner{n:02}": f"# {n}\n" + (SLOW if n % 3 else WRONG) for n in range(10)}
    hand_in(course, texts, tmp_path)
    results = course.root / "results/warmup"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.Popen(
        [sys.executable, "-c", hold_after(3) + RUN, str(course.root), str(jobs)],
        env=environment,
        stderr=subprocess.DEVNULL,
        # Where tests run in the background, Ctrl-C would be ignored from the start.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    try:
        until(lambda: run.poll() is not None or len(list(results.glob("*/report.json"))) == 3)
        family = family_of([run.pid])
        run.send_signal(number)
        run.wait(PATIENCE)
    finally:
        run.kill()
        run.wait()
    kept = len(list(results.glob("*/report.json")))

    assert kept == 3
    assert len(family) > 1 + jobs
    assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))
    assert scored(course).graded == 10 - kept
    disturbed, table = reports(course), grades(course)
    for path in results.glob("*/report.json"):
        path.unlink()
    assert scored(course).graded == 10
    assert (disturbed, table) == (reports(course), grades(course))


def test_roster_and_platform_reach_grades_and_reports(course, tmp_path):
    """Who is missing has a row; lateness, attempt and group stand in grades.csv and the report."""
    (course.root / "roster.csv").write_text("id,name,canvas\nada,Ada L,501\nzoe,Zoe,502\n")
    folder = tmp_path / "canvas"
    folder.mkdir()
    (folder / "lada_LATE_501_9001_warmup.py").write_text(RIGHT + "\n# late\n")
    collection = collect(folder, "warmup", submissions_of(course), naming_rules(course.root))
    scored(course)
    text = (course.root / "results/warmup/grades.csv").read_text(encoding="utf-8-sig")
    rows = {row["learner"]: row for row in csv.DictReader(text.splitlines())}
    report = (course.root / "results/warmup/ada/report.md").read_text(encoding="utf-8")

    assert ("zoe",) == collection.missing
    assert ("missing", "", "Zoe") == tuple(rows["zoe"][k] for k in ("status", "score", "name"))
    assert ("final", "late", "501") == tuple(
        rows["ada"][k] for k in ("status", "late", "platform_id")
    )
    assert "Canvas marked this submission as late." in report


def test_a_broken_roster_is_said_before_anything_is_graded(course):
    """The line is named, and there are no results."""
    (course.root / "roster.csv").write_text("id\nada\nada\n")

    with pytest.raises(AuthoringError, match=r"roster.csv:3"):
        scored(course)
    assert not (course.root / "results/warmup").exists()


def test_whose_points_move_when_a_check_is_worth_more_is_said(course, tmp_path):
    """With what did it; new work has new points, and nobody needs to be told."""
    assert scored(course).moved == []
    hand_in(course, {"bob": RIGHT}, tmp_path, at=1)
    worth = edited(course, f"{CHECKS}/test_hidden.py", "@points(1)", "@points(3)")

    assert ["ada: 4 → 6 points (scale/test_input_unchanged: 1 → 3 points)"] == [
        move.sentence for move in scored(worth).moved
    ]
    assert scored(worth).moved == []
