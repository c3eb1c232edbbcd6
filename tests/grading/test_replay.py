from __future__ import annotations

import json
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.desk.replay import replay_desk
from grader.errors import AuthoringError, SubmissionError, UsageError
from grader.grading import setup
from grader.grading.replay import find_checks, replay_report
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.kit.kit import Kit
from grader.kit.release import release
from grader.report.json_report import from_json
from grader.sandbox.zygote import Zygote
from grader.submission.collect import collect
from grader.submission.read import read_submission

from ..warmup import CHECKS, RIGHT, SOURCE, edited, made

CLASS = {
    "ada": RIGHT,
    "bob": RIGHT.replace("factor * x", "x * abs(factor)"),
    "cleo": "# nothing yet\nx = 1\n",
    "dan": RIGHT.replace("return factor * x", "x *= factor\n    return x"),
    "eve": "\n",
    "finn": RIGHT.replace("return", "raise ValueError('no')\n    return"),
    "gus": "# framework: numpy\ndef scale(x, factor)\n",
    "noisy": "# framework: numpy\nimport numpy as np\ndef scale(x, factor):\n"
    "    return factor * x * np.random.rand(*x.shape)\n",
}


@pytest.fixture(autouse=True)
def english_and_quick(monkeypatch):
    """Speak English; leave PyTorch out of the zygotes."""
    language.use("en")
    monkeypatch.setattr(setup, "Zygote", lambda names, *more: Zygote(("numpy",), *more))
    yield
    language.use("en")


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """Return a course whose class is scored, made once; tests that change it take a copy."""
    folder = tmp_path_factory.mktemp("scored")
    language.use("en")
    course = made(folder / "course")
    hand_in(course, CLASS, folder / "in")
    score(course, course.assignments[0], ScoreOptions())
    return course


@pytest.fixture
def course(scored, tmp_path):
    """Return a copy of the scored course."""
    shutil.copytree(scored.root, tmp_path / "course")
    return type(scored).load(tmp_path / "course")


def hand_in(course, texts, folder):
    """Collect *texts*, by learner."""
    for learner, text in texts.items():
        (folder / learner).mkdir(parents=True)
        (folder / learner / "warmup.py").write_text(text)
    collect(folder, "warmup", submissions_of(course))


def report(course, learner):
    """Return where a learner's report lies."""
    return course.root / "results" / "warmup" / learner / "report.json"


def printed(replayed, folder):
    """Return what the script prints where it was written to *folder*."""
    replayed.write(folder)
    done = subprocess.run(
        [sys.executable, folder / "replay.py"], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_failing_case_runs_and_shows_what_was_seen(scored, tmp_path):
    """The script calls the learner's code and prints how far its answer is off."""
    replayed = replay_report(scored, report(scored, "bob"), "test_negative_factor")
    lines = replayed.script.text.splitlines()
    out = printed(replayed, tmp_path)
    got, want = (
        np.array(re.search(rf"^{name}: \[(.*)\]$", out, re.MULTILINE)[1].split(), float)
        for name in ("got", "expected")
    )

    assert lines[0].startswith("# scale/test_negative_factor, learner bob, seed ")
    assert lines[1].startswith("# their code: submissions/warmup/bob/001-")
    assert "got = mine.scale(x, -0.5)" in lines
    assert np.array_equal(got, -want)
    assert f"largest difference in got: {np.abs(got - want).max()}\n" in out
    assert "# The check ended: failed." in lines
    assert lines[-1].startswith("# The result has wrong values. 4 of 4 entries differ.")


def test_a_check_that_passed_shows_its_last_call(scored, tmp_path):
    """And says that it passed."""
    replayed = replay_report(scored, report(scored, "ada"), "scale/test_values")

    assert replayed.script.text.endswith("# The check ended: passed.\n")
    assert "largest difference in got: 0.0\n" in printed(replayed, tmp_path)


def test_a_hidden_check_is_for_nobody_else(scored, tmp_path):
    """It is said to be hidden, and the files are readable by their owner alone."""
    replayed = replay_report(scored, report(scored, "dan"), "test_input_unchanged")
    out = printed(replayed, tmp_path)

    assert "# a hidden check: learners do not have it\n" in replayed.script.text
    assert replayed.script.text.endswith("# x was changed in place; work on a copy.\n")
    assert "\nexpected_x: " in out
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("learner", "message"),
    [
        ("cleo", "There is no function or class called scale; define it under exactly this name."),
        ("finn", "scale raised ValueError: no"),
        ("gus", "The code of scale is not valid Python"),
    ],
)
def test_no_answer_is_shown_with_its_reason(scored, learner, message):
    """What was expected is told all the same."""
    text = replay_report(scored, report(scored, learner), "test_values").script.text

    assert re.search(r"^expected = np.array", text, re.MULTILINE)
    assert re.search(r"^got = mine\.scale\(\w+, 2\.5\)$", text, re.MULTILINE)
    assert message in text


def test_only_the_code_that_the_call_needs_is_run(course, tmp_path):
    """Cells that train or plot are left out, and so is what was written for other exercises."""
    text = RIGHT + "half = 0.5\nraise SystemExit\ndef other(x):\n    return half * scale(x, 2)\n"
    hand_in(course, {"ida": text.replace("factor * x", "half * x")}, tmp_path)
    score(course, course.assignments[0], ScoreOptions(learners=("ida",)))

    assert replay_report(course, report(course, "ida"), "test_values").code == (
        "def scale(x, factor):\n    return half * x\n\nhalf = 0.5\n"
    )


def test_larger_arrays_lie_beside_the_script(course, tmp_path):
    """One that is left from another replay is gone where there are none."""
    course = edited(course, f"{CHECKS}/test_public.py", "draw.normal(3, 5)", "draw.normal(30, 5)")
    large = replay_report(course, report(course, "bob"), "test_values")
    out = printed(large, tmp_path / "replay")
    with np.load(tmp_path / "replay" / "replay.npz", allow_pickle=False) as data:
        found = {name: array.shape for name, array in data.items()}
    printed(
        replay_report(course, report(course, "bob"), "test_negative_factor"), tmp_path / "replay"
    )

    assert "largest difference in got: 0.0\n" in out
    assert found == {"x": (30, 5), "expected": (30, 5)}
    assert sorted(path.name for path in (tmp_path / "replay").iterdir()) == ["mine.py", "replay.py"]


def test_what_cannot_be_read_was_never_called(scored):
    """The reason is given instead."""
    with pytest.raises(SubmissionError, match="the file is empty"):
        replay_report(scored, report(scored, "eve"), "test_values")


def test_random_answers_come_again(scored):
    """The check's seed is the submission's, too."""
    once, again = (
        replay_report(scored, report(scored, "noisy"), "test_values").script.text
        for _time in range(2)
    )

    assert once == again


def test_the_call_to_show_can_be_chosen(course):
    """Else it is the first wrong one."""
    course = edited(
        course,
        f"{CHECKS}/test_public.py",
        "    x = draw.normal(3, 5)\n",
        "    x = draw.normal(3, 5)\n    student.scale(x, 1.0)\n    student.scale(x, -1.0)\n"
        "    student.scale(x, -2.0)\n    assert_close(student.scale(x, 9), x)\n",
    )
    # the reference must pass
    course = edited(course, f"{CHECKS}/test_public.py", "(student.scale(x, 9), x)", "(x, x)")
    bob = report(course, "bob")

    assert "got = mine.scale(x, 2.5)" in replay_report(course, bob, "test_values").script.text
    text = replay_report(course, bob, "test_values", 2).script.text
    assert "# call 2 of 4; use --call N to see another one\n" in text
    assert "got = mine.scale(x, -1.0)" in text
    with pytest.raises(UsageError, match="There is no call 5: the check made only 4"):
        replay_report(course, bob, "test_values", 5)


def test_the_first_wrong_call_of_several_is_shown(course):
    """Calls before it were right, and those after it do not matter."""
    course = edited(
        course,
        f"{CHECKS}/test_public.py",
        "    x = draw.normal(4)\n",
        "    x = draw.normal(4)\n    student.scale(x, 1.0)\n    student.scale(x, -1.0)\n",
    )

    assert (
        "got = mine.scale(x, -1.0)"
        in replay_report(course, report(course, "bob"), "test_negative_factor").script.text
    )


def test_a_check_that_waits_for_another_made_no_call(course):
    """It says which check has to pass first."""
    course = edited(
        course,
        f"{CHECKS}/test_hidden.py",
        "@points(1)\n",
        '@points(1)\n@needs("test_negative_factor")\n',
    )
    course = edited(course, f"{CHECKS}/test_hidden.py", "import ", "import needs, ")
    text = replay_report(course, report(course, "bob"), "test_input_unchanged").script.text

    assert "Not checked until this passes: A negative factor changes every sign." in text
    assert "# The check called no function.\n" in text
    assert "# the report says: passed; now: blocked. What has changed since?\n" in text
    compile(text, "text", "exec")


def test_a_seed_that_was_changed_since_is_told(course):
    """The inputs are others then."""
    course = edited(course, "assignments/course.toml", "seed = 20261120", "seed = 7")
    text = replay_report(course, report(course, "bob"), "test_negative_factor").script.text
    result, _fingerprint = from_json(report(course, "bob").read_bytes())
    (known,) = [check.seed for check in result.checks if check.name == "test_negative_factor"]

    assert f"# the seed has changed since: the report's inputs came from seed {known}\n" in text


def test_a_check_that_passed_through_another_exercise_says_so(course):
    """What is shown is the call of the learner's own function, which the report did not judge."""
    path = report(course, "ada")
    known = json.loads(path.read_text("utf-8"))
    (check,) = [
        check
        for exercise in known["exercises"]
        for check in exercise["checks"]
        if check["name"] == "test_input_unchanged"
    ]
    check["through"] = "shift"
    path.write_text(json.dumps(known), "utf-8")
    shown = replay_report(course, path, "test_input_unchanged").script.text

    assert "# the report says: passed with a correct shift in place of theirs;" in shown


def test_the_version_that_was_graded_is_found(course, tmp_path):
    """A later hand-in is not what the report is about."""
    hand_in(course, {"bob": RIGHT}, tmp_path / "again")
    text = replay_report(course, report(course, "bob"), "test_negative_factor").script.text

    assert "/bob/001-" in text
    assert "# The check ended: failed." in text


@pytest.mark.parametrize("change", ["altered", "removed", "all removed"])
def test_a_submission_that_is_gone_is_told(course, change):
    """With what to do about it."""
    (version,) = (course.root / "submissions" / "warmup" / "bob").iterdir()
    if change == "altered":
        (version / "files" / "warmup.py").write_text(RIGHT)
    elif change == "removed":
        shutil.rmtree(version)
    else:
        shutil.rmtree(course.root / "submissions")

    with pytest.raises(UsageError, match=r"Collect it again, or .*gradproof score warmup"):
        replay_report(course, report(course, "bob"), "test_values")


def test_reports_that_cannot_be_used_are_refused(course, tmp_path):
    """Missing, truncated, of another schema, of another assignment."""
    path = report(course, "bob")
    whole = path.read_text()
    cases = {
        "No such file": None,
        "cannot be read": whole[:200],
        "has the older format gradproof/report/v2. Run: gradproof migrate": whole.replace(
            "/v3", "/v2", 1
        ),
        "has format gradproof/report/v0": whole.replace("/v3", "/v0", 1),
        "There is no assignment other; choose from warmup": whole.replace(
            '"assignment": "warmup"', '"assignment": "other"'
        ),
    }
    for message, text in cases.items():
        found = tmp_path / "report.json"
        found.unlink(missing_ok=True)
        if text is not None:
            found.write_text(text)
        with pytest.raises(UsageError, match=message):
            replay_report(course, found, "test_values")


def test_a_check_that_is_gone_is_told(course):
    """The report still names it."""
    edited(course, f"{CHECKS}/test_public.py", "def test_values", "def test_other_values")

    with pytest.raises(UsageError, match="The course no longer has a check scale/test_values"):
        replay_report(course, report(course, "bob"), "test_values")


def test_files_lie_where_they_are_asked_for(course, kit, tmp_path, monkeypatch):
    """Beside the report; in a kit where no submission is packed from; with --to anywhere."""
    monkeypatch.chdir(course.root)
    path = report(course, "bob").relative_to(course.root)
    house = CliRunner().invoke(cli.main, ["replay", str(path), "test_values"])
    elsewhere = CliRunner().invoke(
        cli.main, ["replay", str(path), "test_values", "--to", str(tmp_path / "there")]
    )
    (kit.directory / "warmup.ipynb").unlink()
    (kit.directory / "warmup.py").write_text(CLASS["bob"])
    monkeypatch.chdir(kit.directory)
    desk = CliRunner().invoke(cli.main, ["replay", "scale"])
    packed = read_submission(kit.directory, "warmup").files

    assert (house.exit_code, elsewhere.exit_code, desk.exit_code) == (0, 0, 0)
    assert house.stdout == (report(course, "bob").with_name("replay") / "replay.py").read_text()
    assert f"python {path.parent}/replay/replay.py\n" in house.stderr
    assert elsewhere.stdout == (tmp_path / "there" / "replay.py").read_text() == house.stdout
    assert "python .gradproof/replay/replay.py\n" in desk.stderr
    assert desk.stdout == Path(".gradproof/replay/replay.py").read_text()
    assert [name for name, _data in packed if "replay" in name or "mine" in name] == []


def test_a_wrong_call_of_the_command_is_told(tmp_path, monkeypatch):
    """Two reports; no report where there is no kit."""
    monkeypatch.chdir(tmp_path)
    twice = CliRunner().invoke(cli.main, ["replay", "one.json", "two.json", "test_values"])
    nowhere = CliRunner().invoke(cli.main, ["replay", "test_values"])

    assert (twice.exit_code, nowhere.exit_code) == (2, 2)
    assert "Name one report and one check." in twice.output
    assert "is not inside a kit" in nowhere.output
    assert "Or name a report: gradproof replay results/…/report.json CHECK" in nowhere.output


def test_checks_are_found_by_name():
    """With the exercise or without where one alone has it; else the nearest names are told."""
    checks = [("softmax", "test_rows"), ("softmax", "test_dtype"), ("relu", "test_dtype")]

    assert find_checks(checks, "test_rows") == [("softmax", "test_rows")]
    assert find_checks(checks, "relu/test_dtype") == [("relu", "test_dtype")]
    assert find_checks(checks, "softmax") == checks[:2]
    with pytest.raises(UsageError, match=r"Several .* test_dtype: softmax/test_dtype, relu/test_d"):
        find_checks(checks, "test_dtype")
    with pytest.raises(UsageError, match="no check test_row; choose from softmax/test_rows"):
        find_checks(checks, "test_row")
    with pytest.raises(
        UsageError, match="no check softmaks/test_rows; choose from softmax/test_rows"
    ):
        find_checks(checks, "softmaks/test_rows")
    with pytest.raises(UsageError, match="no check zzz; choose from softmax/test_rows, softmax/"):
        find_checks(checks, "zzz")


def test_an_exercise_stands_for_its_first_check_that_did_not_pass(scored):
    """Where all passed, for its last."""
    bob, dan, ada = (
        replay_report(scored, report(scored, name), "scale").script.text
        for name in ("bob", "dan", "ada")
    )

    assert bob.startswith("# scale/test_negative_factor, ")
    assert dan.startswith("# scale/test_input_unchanged, ")
    assert ada.startswith("# scale/test_input_unchanged, ")


@pytest.fixture
def kit(tmp_path):
    """Return a kit, unpacked where there is no course."""
    course = made(tmp_path / "house")
    release(course, course.assignments[0], tmp_path / "kits", "en", as_zip=False)
    shutil.rmtree(course.root)
    return Kit.find(tmp_path / "kits" / "warmup")


def test_a_learner_sees_the_failing_case_at_the_desk(kit):
    """Without a report or a reference: what is expected is recorded in the kit."""
    (kit.directory / "warmup.ipynb").unlink()
    (kit.directory / "warmup.py").write_text(CLASS["bob"])
    text = replay_desk(kit, "test_negative_factor").script.text

    assert text.startswith("# scale/test_negative_factor, seed ")
    assert text.partition("\n")[0].endswith("; your code: warmup.py")
    assert "\nexpected = np.array([" in text
    assert "\ngot = mine.scale(x, -0.5)\n" in text
    assert text == replay_desk(kit, "scale").script.text
    with pytest.raises(UsageError, match="There is no check test_input_unchanged"):
        replay_desk(kit, "test_input_unchanged")


def test_the_seed_and_the_calls_are_those_of_the_course(course, kit):
    """A public check sees the same inputs at the desk and in the course."""
    (kit.directory / "warmup.ipynb").unlink()
    (kit.directory / "warmup.py").write_text(CLASS["bob"])
    desk = replay_desk(kit, "test_negative_factor").script.text
    house = replay_report(course, report(course, "bob"), "test_negative_factor").script.text

    assert desk.splitlines()[1:] == house.splitlines()[2:]


def test_a_broken_reference_is_no_fault_of_the_learners(course):
    """The course is told to be mended before anything is shown."""
    course = edited(course, SOURCE, "return x * factor", "return x + factor")
    path = course.root / CHECKS / "test_public.py"
    path.write_text(path.read_text().replace("reference.scale(x, 2.5)", "x * 2.5"))

    with pytest.raises(AuthoringError, match="the reference fails test_values"):
        replay_report(course, report(course, "bob"), "test_values")
