"""The command line as people and programs meet it: outputs, exit codes, interruption."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest
from click.testing import CliRunner

import cli

from .waiting import PATIENCE, hold_after, until
from .warm_program import warm_program

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = [sys.executable, "-P", "-c", "from cli import main; main(prog_name='gradproof')"]

RIGHT = "def scale(x, factor):\n    return x * factor\n"
WRONG = "def scale(x, factor):\n    return x * abs(factor)\n"
SLOW = f"import time\n{RIGHT.replace('return', 'time.sleep(0.4); return')}"


def environment(**more):
    """Return an environment in which gradproof is found and nothing of the tester's own shows."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("GRADPROOF", "LC_", "_GRADPROOF"))
    }
    return kept | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "COLUMNS": "80"} | more


def gradproof(*arguments, at, **more):
    """Run gradproof in the directory *at*; returns the completed process, texts decoded."""
    # one that is new to Python, where Python is told something
    program = PROGRAM if any(name.startswith("PYTHON") for name in more) else warm_program()
    return subprocess.run(
        [*program, *map(str, arguments)],
        cwd=at,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture(scope="module")
def scaffold(tmp_path_factory):
    """A scaffolded course, made once; tests that change it take a copy."""
    directory = tmp_path_factory.mktemp("scaffold") / "course"
    done = gradproof("new", "course", directory, at=directory.parent)

    assert (0, "") == (done.returncode, done.stderr)
    assert str(directory / "assignments" / "course.toml") in done.stdout.splitlines()
    return directory


@pytest.fixture
def course(scaffold, tmp_path):
    """A course of this test's own."""
    return Path(shutil.copytree(scaffold, tmp_path / "course"))


def hand_in(course, **texts):
    """Collect a file for each learner."""
    inbox = course.parent / "inbox"
    inbox.mkdir(exist_ok=True)
    for learner, text in texts.items():
        (inbox / f"{learner}.py").write_text(text, encoding="utf-8")
    done = gradproof("collect", "warmup", "--from", inbox, at=course)
    assert done.returncode == 0, done.stderr


def test_a_module_is_run_where_no_script_is_found(tmp_path):
    """`python -m grader` is gradproof; files of these names beside it are the learner's own."""
    for name in ("cli.py", "random.py", "click.py"):
        (tmp_path / name).write_text("1 / 0", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "grader", "check", "--help"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith("Usage: python -m grader check ")


# -- new, sync, audit, release -----------------------------------------------------------------


def test_new_course_keeps_out_of_a_directory_that_holds_something(scaffold):
    """A wrong call: exit code 2, one line, and what to do instead."""
    done = gradproof("new", "course", scaffold, at=scaffold.parent)

    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("gradproof: ")
    assert "is not empty; name a directory that does not exist yet" in done.stderr


def test_new_exercise_lists_files_and_what_is_left_to_write(course):
    """Files go to stdout, remarks to stderr; starters are current afterwards; twice is refused."""
    done = gradproof("new", "exercise", "warmup", "shift", at=course)
    again = gradproof("new", "exercise", "warmup", "shift", at=course)

    assert done.returncode == 0
    assert "autograder_tests/warmup/shift/test_hidden.py" in done.stdout.splitlines()
    assert "Still to write:" in done.stderr
    assert gradproof("sync", "--check", at=course).returncode == 0
    assert again.returncode == 2


def test_sync_writes_what_check_finds_stale(course):
    """`--check` writes nothing and ends with 1; without it the starter is written."""
    starter = course / "assignments" / "warmup" / "warmup.py"
    starter.write_text("# edited\n")

    checked = gradproof("sync", "--check", at=course)
    assert (1, "stale: assignments/warmup/warmup.py\n") == (checked.returncode, checked.stdout)
    assert starter.read_text() == "# edited\n"

    written = gradproof("sync", at=course)
    assert (0, "written: assignments/warmup/warmup.py\n") == (written.returncode, written.stdout)
    assert "Starters are up to date.\n" == written.stderr


def test_audit_ends_with_3_and_names_file_and_line(course):
    """A check that gives points to junk is a finding, told with its place, short and clickable."""
    hidden = course / "autograder_tests" / "warmup" / "scale" / "test_hidden.py"
    text = hidden.read_text(encoding="utf-8")
    compared = "    assert_close(student.scale(x, 3.0), reference.scale(before, 3.0))\n"
    assert compared in text
    hidden.write_text(text.replace(compared, "    student.scale(x, 3.0)\n"), encoding="utf-8")

    done = gradproof("audit", at=course)

    assert done.returncode == 3
    assert "\nautograder_tests/warmup/scale/test_hidden.py:4: test_input_unchanged" in done.stdout


def test_audit_of_the_scaffold_is_clean_as_json(scaffold):
    """`--json` gives one JSON document and nothing else."""
    done = gradproof("audit", "warmup", "--json", at=scaffold)
    report = json.loads(done.stdout)

    assert (0, "") == (done.returncode, done.stderr)
    assert report["findings"] == []
    assert report["assignments"][0]["caught"]["scale/in_place"] == ["test_input_unchanged"]


def test_calibration_needs_names(scaffold):
    """Tolerances of exercises that nobody named must stay as they are."""
    whole = gradproof("audit", "--calibrate", at=scaffold)
    lone = gradproof("audit", "warmup", "--widen", at=scaffold)

    assert (whole.returncode, lone.returncode) == (2, 2)
    assert "--calibrate needs the names of the exercises to calibrate." in whole.stderr
    assert "--widen and --tighten go with --calibrate." in lone.stderr


def test_try_shows_what_a_draft_passes(course):
    """One line for each check, public or hidden, and exit code 1 if one fails."""
    (course / "draft.py").write_text("def scale(x, factor):\n    return x * abs(factor)\n")
    done = gradproof("try", "draft.py", at=course)

    assert done.returncode == 1
    assert done.stdout.startswith("scale: 2 of 3 checks pass on NumPy arrays\n  ✓ test_values\n")
    assert "gives the same answers as the known mistake size_only" in done.stdout


def test_audit_writes_pages_and_remembers_what_it_ran(course):
    """`--report` says where it wrote; the second audit says what it did not run again."""
    first = gradproof("audit", "--mutants", "--fresh", "--report", "pages", at=course)
    second = gradproof("audit", "--mutants", at=course)
    fresh = gradproof("audit", "--mutants", "--fresh", at=course)

    assert [done.returncode for done in (first, second, fresh)] == [0, 0, 0]
    assert "Written: pages/index.html\n" == first.stderr
    assert second.stderr.splitlines() == [
        "1 of 1 exercises unchanged since the last audit.",
        "0 mutants graded; 9 verdicts kept from an earlier audit.",
    ]
    assert "" == fresh.stderr
    assert (course / "pages" / "index.html").is_file()
    assert first.stdout == second.stdout == fresh.stdout


@pytest.fixture(scope="module")
def kit(scaffold):
    """A kit of the scaffolded course, unpacked."""
    done = gradproof("release", "warmup", "--to", "../kits", "--course", scaffold, at=scaffold)

    assert done.returncode == 0, done.stderr
    assert "../kits/warmup\n" == done.stdout
    return scaffold.parent / "kits" / "warmup"


def test_release_does_not_overwrite_a_kit(scaffold, kit):
    """What learners may already have is not replaced behind one's back."""
    done = gradproof("release", "warmup", "--to", kit.parent, at=scaffold)

    assert (2, "") == (done.returncode, done.stdout)
    assert "already exists; remove it, or choose another directory" in done.stderr


# -- check -------------------------------------------------------------------------------------


def test_check_says_what_it_saw_and_passes_when_all_is_right(kit, tmp_path):
    """Exit code 1 with the worst entry for a wrong answer, 0 for a right one."""
    desk = Path(shutil.copytree(kit, tmp_path / "desk"))
    (desk / "warmup.ipynb").unlink()
    (desk / "warmup.py").write_text(WRONG)
    wrong = gradproof("check", at=desk)
    (desk / "warmup.py").write_text(RIGHT)
    right = gradproof("check", "scale", at=desk)

    assert (1, 0) == (wrong.returncode, right.returncode)
    assert "✗ A negative factor changes every sign.  (failed)" in wrong.stdout
    assert "expected -0.9029" in wrong.stdout
    assert "scale  3 / 3" in right.stdout
    assert right.stdout.splitlines()[-1] == "All exercises pass. You can submit your work."
    assert "Checking warmup.py …\n" == right.stderr


def test_check_takes_a_file_from_elsewhere(kit, tmp_path):
    """In a kit any file can be checked; elsewhere, a file that lies in a kit."""
    elsewhere = tmp_path / "mine.py"
    elsewhere.write_text(RIGHT)
    outside = gradproof("check", "--file", elsewhere, "--json", at=kit)
    inside = gradproof("check", "--file", kit / "warmup.py", at=tmp_path)

    assert (0, 1) == (outside.returncode, inside.returncode)
    assert json.loads(outside.stdout)["score"] == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scal"], "There is no exercise scal in this kit"),
        (["--file", "nowhere.py"], "There is no file or folder nowhere.py"),
    ],
)
def test_check_refuses_what_the_kit_does_not_have(kit, arguments, said):
    """A misspelled exercise and a missing file are wrong calls."""
    done = gradproof("check", *arguments, at=kit)

    assert (2, "") == (done.returncode, done.stdout)
    assert said in done.stderr


def test_check_outside_a_kit_says_where_to_go(tmp_path):
    """A learner in the wrong folder is told to change into the right one."""
    done = gradproof("check", at=tmp_path)

    assert done.returncode == 2
    assert "is not inside a kit. Change into the folder that you unpacked." in done.stderr


def test_check_speaks_the_language_of_the_kit_unless_asked(scaffold, tmp_path):
    """A Chinese kit asks in Chinese, `--lang en` in English."""
    done = gradproof(
        "release", "warmup", "--to", tmp_path, "--lang", "zh", "--zip", "--course", scaffold, at="."
    )
    assert done.returncode == 0, done.stderr
    shutil.unpack_archive(tmp_path / "warmup.zip", tmp_path)
    desk = tmp_path / "warmup"

    assert "每个元素都乘以该因子。" in gradproof("check", at=desk).stdout
    assert "Every entry is multiplied" in gradproof("check", "--lang", "en", at=desk).stdout


# -- collect and score -------------------------------------------------------------------------


def test_collect_lists_what_it_refused_and_ends_with_1(course, tmp_path):
    """One bad file never stops the others, but the exit code tells."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "ada_warmup.py").write_text(RIGHT)
    (inbox / "李雷.py").write_text(RIGHT, encoding="utf-8")
    (inbox / "notes.txt").write_text("hello")
    done = gradproof("collect", "warmup", "--from", inbox, "--json", at=course)
    found = json.loads(done.stdout)

    assert (1, "") == (done.returncode, done.stderr)
    assert [taken["learner"] for taken in found["taken"]] == ["ada", "李雷"]
    assert [refused["origin"] for refused in found["refused"]] == ["notes.txt"]
    # a terminal that cannot show a name must not cost the collection
    again = gradproof("collect", "warmup", "--from", inbox, at=course, PYTHONIOENCODING="ascii")
    assert "0 taken, 2 unchanged, 1 refused." in again.stdout


def test_score_shows_the_class_and_grades_nothing_twice(course):
    """A table on stdout; a second run keeps what has not changed and gives the same grades."""
    hand_in(course, ada=RIGHT, bob=WRONG)
    first = gradproof("score", "warmup", "--jobs", "2", at=course)
    junit = course.parent / "new" / "junit.xml"
    second = gradproof("score", "warmup", "--json", "--junit-xml", junit, at=course)
    reports = json.loads(second.stdout)

    assert (0, 0) == (first.returncode, second.returncode)
    assert "│ bob     │     3 │ 3 / 4 │ scale: failed │" in first.stdout
    assert "2 graded now, 0 unchanged" in first.stderr
    assert "0 graded now, 2 unchanged" in second.stderr
    assert [(r["learner"], r["score"], r["final"]) for r in reports] == [
        ("ada", 4, True),
        ("bob", 3, True),
    ]
    assert [s.get("name") for s in ElementTree.parse(junit).getroot()] == ["ada", "bob"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["warmup"],
            "Nothing has been collected for warmup. Run: gradproof collect warmup --from PATH",
        ),
        (["wamup"], "There is no assignment wamup; choose from warmup."),
        (["warmup", "--jobs", "0"], "0 is not in the range"),
    ],
)
def test_score_refuses_a_wrong_call(scaffold, arguments, said):
    """Exit code 2 and the next step."""
    done = gradproof("score", *arguments, at=scaffold)

    assert (2, "") == (done.returncode, done.stdout)
    assert said in done.stderr


def test_score_refuses_a_learner_who_handed_in_nothing(course):
    """A misspelled learner is not silently graded as nobody."""
    hand_in(course, ada=RIGHT)
    done = gradproof("score", "warmup", "--learner", "eda", at=course)

    assert (2, "") == (done.returncode, done.stdout)
    assert "eda has not submitted warmup." in done.stderr


@pytest.mark.parametrize(
    ("ignored", "number"),
    [
        (False, signal.SIGINT),
        pytest.param(False, signal.SIGTERM, marks=pytest.mark.slow),
        (True, signal.SIGTERM),
    ],
)
def test_an_interrupted_score_says_so_and_keeps_what_is_done(course, ignored, number):
    """It ends with 130 and no traceback, and the next run grades only the others.

    Started in the background, where a shell has Ctrl-C ignored, it is ended by `kill` alone.
    """
    learners = [f"learner{number}" for number in range(8)]
    hand_in(course, **dict.fromkeys(learners, SLOW))
    running = subprocess.Popen(
        [*PROGRAM[:-1], hold_after(1) + PROGRAM[-1], "score", "warmup", "--jobs", "2"],
        cwd=course,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, [signal.SIG_DFL, signal.SIG_IGN][ignored]),
    )
    results = course / "results" / "warmup"
    until(lambda: running.poll() is not None or list(results.glob("*/report.json")))
    os.killpg(running.pid, signal.SIGINT if ignored else number)
    if ignored:
        os.kill(running.pid, number)
    said, complained = running.communicate(timeout=PATIENCE)
    kept = len(list(results.glob("*/report.json")))

    assert (130, "") == (running.returncode, said)
    assert complained == "gradproof: interrupted; finished work is kept, run again to continue\n"
    assert 1 == kept

    again = gradproof("score", "warmup", "--json", at=course)
    assert f"{len(learners) - kept} graded now, {kept} unchanged" in again.stderr
    assert [report["score"] for report in json.loads(again.stdout)] == [4] * len(learners)


def test_a_command_does_not_wait_for_what_others_need():
    """A shell runs the program at every press of Tab."""
    code = (
        "import sys; from click.testing import CliRunner; import cli;"
        "CliRunner().invoke(cli.main, ['hint', '--help'], catch_exceptions=False);"
        "print(sorted({'numpy', 'pytest', 'nbformat', 'torch'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"


def test_a_class_is_graded_on_one_thread_for_each_process():
    """NumPy's own threads would have grading processes wait for one another."""
    code = (
        "import sys, cli, click, os; context = click.Context(cli.main);"
        "cli.main.get_command(context, sys.argv[1]); print(os.environ.get('OPENBLAS_NUM_THREADS'))"
    )

    def threads(command: str) -> str:
        own = {key: value for key, value in environment().items() if key not in cli.THREADS}
        run = [sys.executable, "-c", code, command]
        return subprocess.run(run, env=own, capture_output=True, text=True, check=True).stdout

    assert [threads(name) for name in ("score", "check")] == ["1\n", "None\n"]


def test_whatever_runs_processes_side_by_side_is_known_to():
    """A command with ``--jobs`` is among those that compute on one thread for each."""
    context = click.Context(cli.main)
    having = {
        name
        for name in cli.COMMANDS
        if any("--jobs" in param.opts for param in cli.main.get_command(context, name).params)
    }

    assert having <= cli.PARALLEL


# -- grade -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "code", "score"), [(RIGHT, 0, 4), (WRONG, 1, 3)])
def test_grade_ends_with_0_only_for_full_marks(scaffold, tmp_path, text, code, score):
    """CI reads the exit code; `--json` puts the report on stdout and nothing else anywhere."""
    (tmp_path / "mine.py").write_text(text)
    done = gradproof(
        "grade", "mine.py", "--assignment", "warmup", "--course", scaffold, "--json", at=tmp_path
    )
    report = json.loads(done.stdout)

    assert (code, "") == (done.returncode, done.stderr)
    assert (score, True) == (report["score"], report["final"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.py", "--assignment", "warmup"], "There is no file or folder nowhere.py"),
        (["mine.py", "--assignment", "wamup"], "There is no assignment wamup; choose from warmup."),
        (["mine.py", "--assignment", "warmup", "--exercise", "scal"], "has no exercise scal"),
        (["mine.py"], "Missing option '--assignment'"),
        (
            ["mine.py", "--assignment", "warmup", "--framework", "theano"],
            "is not one of 'numpy', 'torch', 'tensorflow', 'jax', 'mxnet'",
        ),
    ],
)
def test_grade_refuses_a_wrong_call(scaffold, tmp_path, arguments, said):
    """Exit code 2, so that CI does not take a typing error for a bad grade."""
    (tmp_path / "mine.py").write_text(RIGHT)
    done = gradproof("grade", *arguments, at=tmp_path, GRADPROOF_COURSE=str(scaffold))

    assert (2, "") == (done.returncode, done.stdout)
    assert said in done.stderr


def test_grading_begins_with_the_isolation_asked_for_and_is_refused_below_the_least(course):
    """`--isolation` is the strongest that is tried; below `min_isolation` the exit code is 4."""
    (course / "mine.py").write_text(RIGHT)
    command = ["grade", "mine.py", "--assignment", "warmup", "--isolation", "process"]

    done = gradproof(*command, "--json", at=course)
    catalogue = course / "assignments" / "course.toml"
    catalogue.write_text('min_isolation = "landlock"\n' + catalogue.read_text("utf-8"), "utf-8")
    refused = gradproof(*command, at=course)

    assert (0, "process") == (done.returncode, json.loads(done.stdout)["isolation"]["level"])
    assert (4, "") == (refused.returncode, refused.stdout)
    assert "this course requires isolation level landlock" in refused.stderr


def test_grade_ends_with_3_when_the_reference_fails_its_check(course):
    """A broken course grades nobody, and says which check and where."""
    source = course / "solutions" / "warmup" / "warmup.py"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("return x * factor", "x *= factor; return x"), encoding="utf-8")
    (course / "mine.py").write_text(RIGHT)
    done = gradproof("grade", "mine.py", "--assignment", "warmup", at=course)

    assert (3, "") == (done.returncode, done.stdout)
    where = "gradproof: autograder_tests/warmup/scale/test_public.py:4: "
    assert done.stderr.startswith(f"{where}the reference fails test_values")


def test_grade_ends_with_4_when_a_check_breaks_on_a_submission(course):
    """A check that cannot cope is our fault: no final grade, and not the learner's loss."""
    hidden = course / "autograder_tests" / "warmup" / "scale" / "test_hidden.py"
    text = hidden.read_text(encoding="utf-8")
    broken = "    if student.scale(x, 1.0).sum() > 1000:\n        raise OSError('disk')\n"
    text = text.replace("    before = x.copy()\n", f"{broken}    before = x.copy()\n")
    hidden.write_text(text, encoding="utf-8")
    (course / "mine.py").write_text("def scale(x, factor):\n    return x + 1e6\n")
    done = gradproof("grade", "mine.py", "--assignment", "warmup", at=course)

    assert done.returncode == 4
    assert "not a final grade" in done.stdout


# -- what all commands share -------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["sync"],
        ["audit"],
        ["release", "warmup", "--to", "kits"],
        ["collect", "warmup", "--from", "."],
        ["score", "warmup"],
        ["grade", "mine.py", "--assignment", "warmup"],
        ["new", "exercise", "warmup", "shift"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_directory_without_a_course_is_a_wrong_call(tmp_path, monkeypatch, arguments):
    """Whoever stands in the wrong place is told how to name the right one."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(cli.main, arguments)

    assert result.exit_code == 2
    assert f"There is no course in {tmp_path}" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_fault_of_ours_does_not_look_like_a_bad_grade(scaffold, monkeypatch):
    """An exception that nobody foresaw ends with 4, with its traceback and a sentence."""
    monkeypatch.setattr("grader.course.sync.sync", lambda *_args, **_kwargs: 1 / 0)
    result = CliRunner().invoke(cli.main, ["sync", "--course", str(scaffold)])

    assert result.exit_code == 4
    assert "ZeroDivisionError" in result.stderr
    assert "please report the lines above" in result.stderr


def test_a_disk_that_fails_is_told_in_a_sentence(scaffold, monkeypatch):
    """The machine's faults end with 4, without a traceback."""

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device", "course.toml")

    monkeypatch.setattr("grader.course.sync.sync", full)
    result = CliRunner().invoke(cli.main, ["sync", "--course", str(scaffold)])

    assert (4, "gradproof: No space left on device (course.toml)\n") == (
        result.exit_code,
        result.stderr,
    )


def test_what_is_said_cannot_fool_a_terminal(scaffold, monkeypatch):
    """An error may quote a file's name, and a file may have any name."""

    def lost(*_args, **_kwargs):
        raise OSError(5, "Input/output error", "a\x1b[2J\u202e.py\r")

    monkeypatch.setattr("grader.course.sync.sync", lost)
    result = CliRunner().invoke(cli.main, ["sync", "--course", str(scaffold)])

    assert result.stderr == "gradproof: Input/output error (a\ufffd.py\n)\n"


def test_progress_and_colours_show_only_on_a_terminal(course, tmp_path):
    """On a terminal stderr moves; stdout in a pipe holds plain text all the same."""
    (tmp_path / "ada.py").write_text(RIGHT)
    piped = gradproof("collect", "warmup", "--from", tmp_path / "ada.py", at=course)
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [*PROGRAM, "collect", "warmup", "--from", str(tmp_path / "ada.py")],
        cwd=course,
        env=environment(TERM="xterm"),
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    os.close(theirs)
    seen = os.read(ours, 65536)
    os.close(ours)

    assert piped.stderr == ""
    assert b"collect" in seen and b"\x1b[" in seen
    assert "\x1b" not in piped.stdout + done.stdout


@pytest.mark.parametrize("columns", ["40", "60", "200"])
def test_a_table_fits_the_screen(course, columns):
    """No line is longer than the screen is wide."""
    hand_in(course, weierstrass=RIGHT)
    shown = gradproof("collect", "warmup", "--from", "../inbox", at=course, COLUMNS=columns)

    assert all(len(line) <= int(columns) for line in shown.stdout.splitlines())
    assert "0 taken, 1 unchanged, 0 refused." in shown.stdout


def test_shell_completion_offers_commands(tmp_path):
    """The script for bash is printed, and asks the program for completions."""
    script = gradproof(at=tmp_path, _GRADPROOF_COMPLETE="bash_source")
    words = gradproof(
        at=tmp_path, _GRADPROOF_COMPLETE="bash_complete", COMP_WORDS="gradproof sc", COMP_CWORD="1"
    )

    assert (0, 0) == (script.returncode, words.returncode)
    assert "complete -o nosort -F _gradproof_completion gradproof" in script.stdout
    assert words.stdout == "plain,score\n"


def test_the_version_is_printed():
    """`--version` names the program and its version."""
    from grader import __version__

    result = CliRunner().invoke(cli.main, ["--version"], prog_name="gradproof")

    assert (0, f"gradproof, version {__version__}\n") == (result.exit_code, result.output)
