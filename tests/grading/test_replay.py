from __future__ import annotations

import contextlib
import io
import json
import re
import shutil

import numpy as np
import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.desk.replay import replay_desk
from grader.errors import AuthoringError, SubmissionError, UsageError
from grader.grading import replay as replay_module
from grader.grading import score as score_module
from grader.grading.replay import find_checks, replay_report
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.kit.kit import Kit
from grader.kit.release import release
from grader.sandbox.zygote import Zygote
from grader.submission.collect import collect

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
    for module in (score_module, replay_module):
        monkeypatch.setattr(module, "Zygote", lambda names, *more: Zygote(("numpy",), *more))
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


def printed(course, learner, text):
    """Return what *text* prints behind a learner's code."""
    namespace = {}
    exec(CLASS[learner], namespace)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(text, namespace)
    return out.getvalue()


def test_a_failing_case_runs_and_shows_what_was_seen(scored):
    """Pasted behind the learner's code it gives the very values that the comments name."""
    text = replay_report(scored, report(scored, "bob"), "test_negative_factor").text
    lines = text.splitlines()

    assert lines[0].startswith("# scale/test_negative_factor, learner bob, seed ")
    assert lines[0].endswith("with their code as mine.py in front: from mine import scale")
    assert lines[1].startswith("# their code: submissions/warmup/bob/001-")
    assert "print(scale(x, -0.5))" in lines
    got = lines[lines.index("# got: an array of shape (4,) and dtype float64") + 1]
    want = lines[lines.index("# expected: an array of shape (4,) and dtype float64") + 1]
    numbers = [np.array(line.strip("# []").split(), float) for line in (got, want)]
    seen = np.array(printed(scored, "bob", text).strip("[]\n").split(), float)

    assert np.allclose(numbers[0], seen, atol=1e-4)
    assert np.allclose(numbers[0], -numbers[1])
    assert "# The check ended: failed." in lines
    assert lines[-1].startswith("# The result has wrong values. 4 of 4 entries differ.")


def test_a_check_that_passed_shows_its_last_call(scored):
    """And says that it passed."""
    text = replay_report(scored, report(scored, "ada"), "scale/test_values").text

    assert text.endswith("# The check ended: passed.\n")
    assert printed(scored, "ada", text)


def test_a_hidden_check_is_shown_with_its_values_and_said_to_be_hidden(scored):
    """What was changed in place is printed after the call."""
    text = replay_report(scored, report(scored, "dan"), "test_input_unchanged").text

    assert "# a hidden check: learners do not have it\n" in text
    assert "print(scale(x, 3.0))\nprint(x)\n" in text
    assert "# expected x: unchanged\n" in text
    assert text.endswith("# x was changed in place; work on a copy.\n")
    assert printed(scored, "dan", text)


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
    text = replay_report(scored, report(scored, learner), "test_values").text

    assert re.search(r"print\(scale\(x(_2)?, 2.5\)\)\n# expected: an array", text)
    assert message in text


def test_what_cannot_be_read_was_never_called(scored):
    """The reason is given instead."""
    with pytest.raises(SubmissionError, match="the file is empty"):
        replay_report(scored, report(scored, "eve"), "test_values")


def test_random_answers_come_again(scored):
    """The check's seed is the submission's, too."""
    once, again = (
        replay_report(scored, report(scored, "noisy"), "test_values").text for _time in range(2)
    )

    assert once == again


def test_the_call_to_show_can_be_chosen(course):
    """Else it is the first wrong one."""
    course = edited(
        course,
        f"{CHECKS}/test_scale.py",
        "    x = draw.normal(3, 5)\n",
        "    x = draw.normal(3, 5)\n    student.scale(x, 1.0)\n    student.scale(x, -1.0)\n"
        "    student.scale(x, -2.0)\n    assert_close(student.scale(x, 9), x)\n",
    )
    # the reference must pass
    course = edited(course, f"{CHECKS}/test_scale.py", "(student.scale(x, 9), x)", "(x, x)")
    bob = report(course, "bob")

    assert "print(scale(x, 2.5))" in replay_report(course, bob, "test_values").text
    text = replay_report(course, bob, "test_values", 2).text
    assert "# call 2 of 4; --call N shows another\n" in text
    assert "print(scale(x, -1.0))" in text
    with pytest.raises(UsageError, match="There is no call 5: the check made 4"):
        replay_report(course, bob, "test_values", 5)


def test_the_first_wrong_call_of_several_is_shown(course):
    """Calls before it were right, and those after it do not matter."""
    course = edited(
        course,
        f"{CHECKS}/test_scale.py",
        "    x = draw.normal(4)\n",
        "    x = draw.normal(4)\n    student.scale(x, 1.0)\n    student.scale(x, -1.0)\n",
    )

    assert (
        "print(scale(x, -1.0))"
        in replay_report(course, report(course, "bob"), "test_negative_factor").text
    )


def test_a_check_that_waits_for_another_made_no_call(course):
    """It says which check has to pass first."""
    course = edited(
        course,
        f"{CHECKS}/test_scale_hidden.py",
        "@points(1)\n",
        '@points(1)\n@needs("test_negative_factor")\n',
    )
    course = edited(course, f"{CHECKS}/test_scale_hidden.py", "import ", "import needs, ")
    text = replay_report(course, report(course, "bob"), "test_input_unchanged").text

    assert "Not checked until this passes: A negative factor turns every sign." in text
    assert "# It made no call.\n" in text
    assert "# the report says: passed; now: blocked. What was changed since?\n" in text
    compile(text, "text", "exec")


def test_a_seed_that_was_changed_since_is_told(course):
    """The inputs are others then."""
    course = edited(course, "assignments/course.toml", "seed = 20261120", "seed = 7")
    text = replay_report(course, report(course, "bob"), "test_negative_factor").text
    (known,) = [
        check["seed"]
        for check in json.loads(report(course, "bob").read_text())["checks"]
        if check["name"] == "test_negative_factor"
    ]

    assert f"# the seed was changed since: the report's inputs came from seed {known}\n" in text


def test_the_version_that_was_graded_is_found(course, tmp_path):
    """A later hand-in is not what the report is about."""
    hand_in(course, {"bob": RIGHT}, tmp_path / "again")
    text = replay_report(course, report(course, "bob"), "test_negative_factor").text

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
        "has the format gradproof/report/v0": whole.replace("/v2", "/v0", 1),
        "There is no assignment other; there is warmup": whole.replace(
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
    edited(course, f"{CHECKS}/test_scale.py", "def test_values", "def test_other_values")

    with pytest.raises(UsageError, match="The course has no check scale/test_values any more"):
        replay_report(course, report(course, "bob"), "test_values")


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
    with pytest.raises(UsageError, match="no check test_row; there is softmax/test_rows"):
        find_checks(checks, "test_row")
    with pytest.raises(UsageError, match="no check softmaks/test_rows; there is softmax/test_rows"):
        find_checks(checks, "softmaks/test_rows")
    with pytest.raises(UsageError, match="no check zzz; there is softmax/test_rows, softmax/"):
        find_checks(checks, "zzz")


def test_an_exercise_stands_for_its_first_check_that_did_not_pass(scored):
    """Where all passed, for its last."""
    bob, dan, ada = (
        replay_report(scored, report(scored, name), "scale").text for name in ("bob", "dan", "ada")
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
    text = replay_desk(kit, "test_negative_factor").text

    assert text.startswith("# scale/test_negative_factor, seed ")
    assert "with your code in front: from warmup import scale\n" in text
    assert "print(scale(x, -0.5))\n# got: an array" in text
    assert "# expected: an array of shape (4,) and dtype float64\n" in text
    assert text == replay_desk(kit, "scale").text
    with pytest.raises(UsageError, match="There is no check test_input_unchanged"):
        replay_desk(kit, "test_input_unchanged")


def test_the_seed_and_the_calls_are_those_of_the_course(course, kit):
    """A public check sees the same inputs at the desk and in the course."""
    (kit.directory / "warmup.ipynb").unlink()
    (kit.directory / "warmup.py").write_text(CLASS["bob"])
    desk = replay_desk(kit, "test_negative_factor").text
    house = replay_report(course, report(course, "bob"), "test_negative_factor").text

    assert desk.splitlines()[2:] == house.splitlines()[3:]


def test_a_broken_reference_is_no_fault_of_the_learners(course):
    """The course is told to be mended before anything is shown."""
    course = edited(course, SOURCE, "return x * factor", "return x + factor")
    path = course.root / CHECKS / "test_scale.py"
    path.write_text(path.read_text().replace("reference.scale(x, 2.5)", "x * 2.5"))

    with pytest.raises(AuthoringError, match="the reference fails test_values"):
        replay_report(course, report(course, "bob"), "test_values")
