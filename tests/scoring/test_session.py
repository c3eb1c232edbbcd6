from __future__ import annotations

import dataclasses
import gc
import os
import pdb
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from grader import language
from grader.errors import AuthoringError
from grader.outcome import Outcome
from grader.sandbox import reference, time_limit
from grader.scoring.devices import PARITY, merge_devices
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks

from ..made_results import made_check, without_seconds
from .conftest import DOUBLE, DOUBLE_HIDDEN, NOISE, REFERENCE, submission

RIGHT = REFERENCE


def with_double(body):
    """Return the right submission with another ``double``."""
    return REFERENCE.replace("def double(x):\n    return 2 * x\n", body)


@pytest.fixture
def grade(mini, zygote):
    """Return a function that grades texts in one session and returns their results."""

    def grade(*texts, framework="numpy", exercises=None, **more):
        made = mini(**more)
        jobs = [Job("ada", submission(text, framework=framework), exercises) for text in texts]
        with collected_checks(made.plan, made.reference) as runner:
            found = [runner.grade(job, zygote) for job in jobs]
        return found[0] if len(found) == 1 else found

    return grade


def outcomes(result):
    """Return the outcome of each check."""
    return {f"{c.exercise}.{c.name}": c.outcome for c in result.checks}


def check(result, name):
    """Return the check called *name*."""
    (found,) = [c for c in result.checks if c.name == name]
    return found


def test_a_right_submission_passes_everything(grade):
    """Every check is there once, in the catalogue's order, hidden ones after public ones."""
    result = grade(RIGHT)

    assert [c.name for c in result.checks] == [
        "test_values",
        "test_row",
        "test_large",
        "test_in_place",
        "test_rate",
    ]
    assert set(outcomes(result).values()) == {Outcome.PASSED}
    assert (result.score, result.max_score, result.final) == (5, 5, True)
    assert [c.message for c in result.checks] == [""] * 5


@pytest.mark.parametrize(
    ("body", "outcome", "message"),
    [
        (
            "",
            Outcome.NOT_IMPLEMENTED,
            "There is no function or class called double; define it under exactly this name.",
        ),
        (
            "def double(x):\n    raise NotImplementedError('double')\n",
            Outcome.NOT_IMPLEMENTED,
            "double is not written yet.",
        ),
        ("def double(x):\n    return 3 * x\n", Outcome.FAILED, "The result has wrong values. 12 "),
        (
            "def double(x):\n    return x[0, 7]\n",
            Outcome.FAILED,
            "double raised IndexError: index 7 is out of bounds for axis 1 with size 4\n"
            "  mine.py, line 4: return x[0, 7]",
        ),
        ("def double(x):\n    return 2 *\n", Outcome.FAILED, "The code of double is not valid"),
        ("def double():\n    return 2\n", Outcome.FAILED, "double raised TypeError"),
        ("def double(x):\n    2 * x\n", Outcome.FAILED, "The result is not an array. It is None."),
        ("def double(x):\n    return 'x'\n", Outcome.FAILED, "The result is not an array."),
        ("def double(x):\n    return {1: x}\n", Outcome.FAILED, "The result is not an array."),
        ("def double(x):\n    return object()\n", Outcome.FAILED, "The result is not an array."),
        ("def double(x):\n    return [[1.0], []]\n", Outcome.FAILED, "The result is not an array."),
        ("def double(x):\n    return (2 * x).tolist()\n", Outcome.PASSED, ""),
        ("def double(x):\n    return 2 * x.astype('f4')\n", Outcome.PASSED, ""),
        (
            "def double(x):\n    import os\n    os._exit(0)\n",
            Outcome.CRASHED,
            "the process exited ",
        ),
        ("def double(x):\n    raise SystemExit(0)\n", Outcome.FAILED, "double raised SystemExit"),
        (
            "def double(x):\n    while True:\n        pass\n",
            Outcome.TIMED_OUT,
            "double did not return within 1 s. Is there an infinite loop?",
        ),
        ("double = 3\n", Outcome.FAILED, "double raised TypeError"),
        (
            "def double(x):\n    return 2 * x + 1e-3\n",
            Outcome.FAILED,
            "The result has wrong values",
        ),
    ],
)
def test_how_a_check_ends(grade, body, outcome, message):
    """Each kind of end has its outcome and its sentence, and costs its exercise only."""
    result = grade(with_double(body), seconds=1.0)

    assert check(result, "test_values").outcome is outcome
    assert check(result, "test_values").message.startswith(message)
    assert outcomes(result)["shrink.test_in_place"] is Outcome.PASSED
    assert outcomes(result)["noise.test_rate"] is Outcome.PASSED
    # what waits for a check of an unwritten function is not implemented either
    alike = outcome in (Outcome.PASSED, Outcome.NOT_IMPLEMENTED)
    assert check(result, "test_row").outcome is (outcome if alike else Outcome.BLOCKED)
    assert result.final


def test_a_blocked_check_names_what_it_waits_for(grade):
    """A check that needs another is not run until that one passes."""
    result = grade(with_double("def double(x):\n    return x\n"))

    assert (
        check(result, "test_row").message
        == "Not checked until this passes: Every entry is doubled."
    )


def test_a_machine_that_is_too_busy_costs_no_points_and_gives_no_grade(grade, monkeypatch):
    """The check is ours to run again; the others of its exercise are not tried in vain."""
    monkeypatch.setattr(time_limit, "MOST", 0.3)
    result = grade(with_double("def double(x):\n    while True:\n        pass\n"))

    assert check(result, "test_values").outcome is Outcome.INTERNAL
    text = "This is not your fault: the machine was too busy to run double."
    assert check(result, "test_values").message.startswith(text)
    assert check(result, "test_large").message == check(result, "test_values").message
    assert outcomes(result)["shrink.test_in_place"] is Outcome.PASSED
    assert (result.machine_busy, result.final) == (True, False)


def test_a_module_that_hangs_while_it_is_loaded_is_asked_once(grade):
    """A top-level loop costs what needs it, and is not run again for each check."""
    hang = "def forever():\n    while True:\n        pass\n\nFACTOR = forever()\n\n"
    result = grade(hang + with_double("def double(x):\n    return FACTOR * x\n"), seconds=0.8)

    assert [c.outcome for c in result.checks[:3]] == [
        Outcome.TIMED_OUT,
        Outcome.BLOCKED,
        Outcome.TIMED_OUT,
    ]
    assert result.score == 2


def values_in(text):
    """Return the numbers in *text*, but for line numbers."""
    return re.findall(r"\d+", re.sub(r"line \d+.*", "", text))


LEAKS = [
    "def double(x):\n    return 3 * x\n",
    "def double(x):\n    return x[:1]\n",
    "def double(x):\n    raise ValueError(str(x))\n",
    "def double(x):\n    raise type(f'E{x[0]}', (Exception,), {})('x')\n",
    "def double(x):\n    return type(f'T{x[0]}', (), {})()\n",
    "def double(x):\n    return [x, 'abc', float(x[0])]\n",
    "def double(x):\n    return float(x[0])\n",
    "def double(x):\n    raise NotImplementedError(str(x))\n",
    "def double(x):\n    return np.array([(x[0],)], dtype=[(f'a{x[0]}', float)])\n",
]


@pytest.mark.parametrize("body", LEAKS)
def test_messages_of_hidden_checks_hold_no_value(grade, body):
    """Not even one that the learner's code has put into the name of a class."""
    result = grade(with_double(body))
    hidden = check(result, "test_large")

    assert hidden.hidden
    assert hidden.outcome in (Outcome.FAILED, Outcome.NOT_IMPLEMENTED)
    assert hidden.message
    assert values_in(hidden.message) == []


TRIPS = '''\
from grader.checks import points


@points(1)
def test_trips(student, draw):
    """A number comes back. zh: 返回一个数。"""
    value = student.double(1.5)
    {use}
'''


@pytest.mark.parametrize(
    ("use", "body"),
    [
        ("assert value + 1 == 4", "def double(x):\n    return 'three'\n"),
        ("assert value.upper()", "def double(x):\n    return 2 * x\n"),
        ("assert value['a'] == 3", "def double(x):\n    return {}\n"),
        ("assert next(iter(value))", "def double(x):\n    return []\n"),
        ("assert 1 / (value - 3) == 1", "def double(x):\n    return 3\n"),
        ("assert int(value) == 3", "def double(x):\n    return float('nan')\n"),
        ("assert sum(value) == 3", "def double(x):\n    return [[]]\n"),
    ],
)
def test_a_check_that_trips_over_an_answer_has_failed(grade, use, body):
    """Whatever a check raises over a learner's value is the learner's, not ours."""
    result = grade(with_double(body), double_hidden=TRIPS.format(use=use))
    hidden = check(result, "test_trips")

    assert (hidden.outcome, hidden.message) == (
        Outcome.FAILED,
        "The check cannot use the result of double. Are its type, length and shapes what the "
        "statement asks for?",
    )
    assert result.final


@pytest.mark.parametrize(
    "use",
    [
        "from grader.errors import InternalError; raise InternalError('no disk')",
        "raise OSError('no disk')",
    ],
)
def test_our_own_failure_is_never_a_grade(grade, use):
    """An internal error costs no point and leaves the result without a final grade."""
    result = grade(RIGHT, double_hidden=TRIPS.format(use=use))

    assert check(result, "test_trips").outcome is Outcome.INTERNAL
    assert "This is not your fault" in check(result, "test_trips").message
    assert not result.final
    assert outcomes(result)["noise.test_rate"] is Outcome.PASSED


def test_a_failed_assertion_shows_values_only_where_learners_have_the_check(grade):
    """``assert`` and ``pytest.fail`` both mean that the learner failed."""
    plain_assert = TRIPS.format(use="assert value == 4, 'not four'")
    public = grade(RIGHT, double=plain_assert, double_hidden=DOUBLE_HIDDEN)
    hidden = grade(RIGHT, double_hidden=plain_assert)
    fails = grade(RIGHT, double_hidden=TRIPS.format(use="import pytest; pytest.fail('4')"))

    text = "What double did is not what this check asks for."
    assert check(public, "test_trips").message == f"{text} not four"
    assert check(hidden, "test_trips").message == check(fails, "test_trips").message == text
    assert check(fails, "test_trips").outcome is Outcome.FAILED


def test_a_skipped_check_offers_no_points(grade):
    """What this machine cannot check is said, and neither given nor taken."""
    result = grade(RIGHT, double_hidden=TRIPS.format(use="import pytest; pytest.skip('no GPU')"))

    assert (check(result, "test_trips").outcome, check(result, "test_trips").message) == (
        Outcome.SKIPPED,
        "no GPU",
    )
    assert (result.score, result.max_score, result.final) == (4, 4, True)


def test_sentences_come_in_the_language_of_the_run(grade):
    """English or Chinese."""
    language.use("zh")

    assert check(grade(RIGHT), "test_values").sentence == "每个元素都加倍。"


def test_some_exercises_only(grade):
    """A job may ask for some exercises; nothing checked is never a grade."""
    assert set(outcomes(grade(RIGHT, exercises=frozenset({"noise"})))) == {"noise.test_rate"}
    none = grade(RIGHT, exercises=frozenset())
    assert (none.checks, none.final) == ((), False)


# -- the same again --------------------------------------------------------------------------------


def test_the_same_submission_gets_the_same_result(grade):
    """Twice in one session, and in another session; for random functions too."""
    wrong = with_double("def double(x):\n    return 2 * x + np.random.normal(size=x.shape)\n")
    first, second, other = grade(wrong, wrong, RIGHT)
    third = grade(wrong)

    assert check(first, "test_values").outcome is Outcome.FAILED
    assert check(first, "test_rate").outcome is Outcome.PASSED
    assert without_seconds(first) == without_seconds(second) == without_seconds(third)
    assert without_seconds(other) == without_seconds(grade(RIGHT))


def test_a_submission_does_not_see_the_one_before(grade):
    """Each has a process of its own; patches die with it."""
    patch = "import numpy\nnumpy.tanh = None\nimport builtins\nbuiltins.len = None\n"
    first, second = grade(patch + RIGHT, RIGHT)

    assert first.framework == second.framework == "numpy"
    assert second.score == 5


@pytest.mark.slow
def test_memory_does_not_grow_with_the_class(mini, zygote):
    """After 200 submissions there are as many objects as after the first few."""
    made = mini(double=DOUBLE.replace('@needs("test_values")\n', ""))
    wrong = with_double("def double(x):\n    return 3 * x\n")
    jobs = [Job("ada", submission(text), frozenset({"double"})) for text in (RIGHT, wrong)]

    def counted():
        gc.collect()
        return Counter(type(thing).__name__ for thing in gc.get_objects())

    def files_open():
        return len(list(Path("/proc/self/fd").iterdir()))

    with collected_checks(made.plan, made.reference) as runner:
        for number in range(10):
            runner.grade(jobs[number % 2], zygote)
        counted(), files_open()  # what Python caches of looking at them is no growth
        before, open_files = counted(), files_open()
        for number in range(200):
            runner.grade(jobs[number % 2], zygote)
        after = counted()
        more_files = files_open() - open_files

    assert {name: n for name, n in (after - before).items() if n > 20} == {}
    assert more_files <= 0


def test_values_of_learners_do_not_pile_up(mini, zygote, monkeypatch):
    """A check may ask the reference about a learner's own values; few of them are remembered."""
    monkeypatch.setattr(reference, "MOST_ANSWERS", 5)
    relays = "assert reference.double(value) is not None"
    made = mini(double_hidden=TRIPS.replace("draw", "reference").format(use=relays))
    texts = [with_double(f"def double(x):\n    return x + {n}\n") for n in range(12)]
    jobs = [Job("ada", submission(text), frozenset({"double"})) for text in texts]

    with collected_checks(made.plan, made.reference) as runner:
        results = [runner.grade(job, zygote) for job in jobs]

    assert {check(result, "test_trips").outcome for result in results} == {Outcome.PASSED}
    assert len(made.reference.answers) == 5


# -- courses that are broken -----------------------------------------------------------------------


def test_a_reference_that_fails_is_the_authors_to_mend(mini, zygote):
    """No learner is graded by a check that the reference fails."""
    made = mini()
    wrong = submission(with_double("def double(x):\n    return 3 * x\n"))

    said = "the reference fails test_values: failed: The result"
    with (
        collected_checks(made.plan, made.reference) as runner,
        pytest.raises(AuthoringError, match=said) as e,
    ):
        runner.prove_reference(wrong, zygote)
    assert (e.value.path, e.value.line) == (made.plan.check_files[0], 4)


def test_warming_up_proves_the_reference_too(mini):
    """A check that expects too much fails on the reference itself."""
    made = mini(noise=NOISE.replace("2000, 0.25, ", "2000, 0.5, "))

    with (
        collected_checks(made.plan, made.reference) as runner,
        pytest.raises(AuthoringError, match="the reference fails test_rate"),
    ):
        runner.warm(made.reference.as_student("numpy"))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("import nothing_like_this\n", "No module named 'nothing_like_this'"),
        ("def test_(:\n", "SyntaxError"),
        ("raise SystemExit(0)\n", "cannot be imported: SystemExit: 0"),
        ("import pytest\npytest.skip('no', allow_module_level=True)\n", "no check in this file"),
        ("", "there is no check in this file"),
        ("def check_values():\n    pass\n", "there is no check in this file"),
        ("import pytest\npytest.exit('enough')\n", "Exit: enough"),
    ],
)
def test_a_file_without_checks_is_never_a_pass(mini, text, what):
    """Checks that cannot be imported, or are not there, stop everything."""
    made = mini(shrink=text)

    with pytest.raises(AuthoringError, match=what):
        collected_checks(made.plan, made.reference).__enter__()


def test_no_files_are_no_checks(mini):
    """Neither an empty list of files nor a missing file is a pass."""
    made = mini()
    for files in ((), (made.plan.root / "test_gone.py",)):
        plan = dataclasses.replace(made.plan, check_files=files)
        with pytest.raises(AuthoringError, match="there are no checks here"):
            collected_checks(plan, made.reference).__enter__()


def test_checks_of_no_exercise_are_refused(mini):
    """Every check file belongs to an exercise in the catalogue."""
    made = mini(other=NOISE)

    with pytest.raises(AuthoringError, match=re.escape("checks for other, which course.toml")):
        collected_checks(made.plan, made.reference).__enter__()


def test_what_is_raised_meanwhile_comes_out(mini):
    """Errors and interrupts pass through the session unchanged."""
    made = mini()
    for error in (AuthoringError("broken"), KeyError("bug"), KeyboardInterrupt(), SystemExit(3)):
        with (
            pytest.raises(type(error)) as caught,
            collected_checks(made.plan, made.reference),
        ):
            raise error
        assert caught.value is error


# -- pytest's surroundings -------------------------------------------------------------------------


def test_the_users_pytest_settings_do_not_reach_a_grade(grade, tmp_path, monkeypatch):
    """Options, plugins, conftest.py and ini files in the course make no difference."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k nothing --maxfail=1 -p no:python")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    (tmp_path / "autograder_tests" / "mini").mkdir(parents=True)
    (tmp_path / "autograder_tests" / "mini" / "conftest.py").write_text("raise SystemExit(3)")
    (tmp_path / "autograder_tests" / "conftest.py").write_text("collect_ignore_glob = ['*']")
    result = grade(RIGHT)

    assert result.score == 5
    assert os.environ["PYTEST_ADDOPTS"] == "-k nothing --maxfail=1 -p no:python"
    assert os.environ["PYTEST_PLUGINS"] == "no_such_plugin"
    assert "PYTEST_DISABLE_PLUGIN_AUTOLOAD" not in os.environ
    assert "PYTEST_CURRENT_TEST" in os.environ


def test_checks_that_changed_are_read_anew(grade, mini, tmp_path):
    """A second session in the same process sees what the files say now, and leaves no trace."""
    before = set(sys.modules)
    assert grade(RIGHT).score == 5
    changed = DOUBLE_HIDDEN.replace("@points(1)", "@points(2)")

    assert grade(RIGHT, double_hidden=changed).score == 6
    assert [name for name in set(sys.modules) - before if "test_" in name] == []
    assert not list(tmp_path.rglob("__pycache__"))


# -- a session that stays open ---------------------------------------------------------------------

WITH_FIXTURES = '''\
import pytest

from grader.checks import points

LOG = []


@pytest.fixture(scope="session")
def opened():
    LOG.append("up")
    yield
    LOG.append("down")


@points(1)
def test_fixtures(student, opened, tmp_path, capsys):
    """There is a folder. zh: 有文件夹。"""
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("x")
    print("said")
    assert capsys.readouterr().out == "said\\n"


@points(1)
def test_breaks_off(opened):
    """Breaks off. zh: 中断。"""
    raise KeyboardInterrupt
'''


def run_one(runner, channel, name):
    """Return how the check *name* of ``double`` ends on what is behind *channel*."""
    (result,) = runner.only("double", [name]).run(Job("ada", submission(RIGHT)), channel)
    return result.outcome


def test_fixtures_are_set_up_anew_for_each_submission(mini):
    """The author's, whatever their scope, and pytest's own; each is torn down after its check."""
    made = mini(double=WITH_FIXTURES)
    channel = made.reference.as_student("numpy")
    with collected_checks(made.plan, made.reference) as runner:
        log = runner.check("double", "test_fixtures").item.module.LOG
        ends = [run_one(runner, channel, "test_fixtures") for _ in range(3)]
        assert log == ["up", "down"] * 3

    assert ends == [Outcome.PASSED] * 3
    assert log == ["up", "down"] * 3


def test_a_fixture_of_a_check_that_was_broken_off_is_torn_down(mini):
    """When the session ends, since the check itself never does."""
    made = mini(double=WITH_FIXTURES)
    with pytest.raises(KeyboardInterrupt), collected_checks(made.plan, made.reference) as runner:
        log = runner.check("double", "test_fixtures").item.module.LOG
        run_one(runner, made.reference.as_student("numpy"), "test_breaks_off")

    assert log == ["up", "down"]


def test_several_sessions_are_open_at_once(mini, tmp_path):
    """As with several kits in one notebook; they may end in any order."""
    made = mini(double=WITH_FIXTURES)
    channel = made.reference.as_student("numpy")
    opened = [collected_checks(made.plan, made.reference) for _ in range(2)]
    first, second = (session.__enter__() for session in opened)
    ends = [run_one(runner, channel, "test_fixtures") for runner in (first, second)]
    opened[0].__exit__(None, None, None)
    ends.append(run_one(second, channel, "test_fixtures"))
    opened[1].__exit__(None, None, None)

    assert ends == [Outcome.PASSED] * 3


def test_an_open_session_is_in_nobodys_way(mini):
    """It is open for as long as a learner's kernel runs."""

    def surroundings():
        modules = {name for name in sys.modules if "autograder_tests" in name}
        return list(sys.meta_path), modules, pdb.set_trace, dict(os.environ)

    made = mini()
    before = surroundings()
    with collected_checks(made.plan, made.reference) as runner:
        during = surroundings()
        runner.run(Job("ada", submission(RIGHT)), made.reference.as_student("numpy"))
        ran = surroundings()

    assert before == during == ran == surroundings()


# -- devices ---------------------------------------------------------------------------------------


PASSED, FAILED, SKIPPED = (
    made_check("double.test_a", o) for o in (Outcome.PASSED, Outcome.FAILED, Outcome.SKIPPED)
)


@pytest.mark.parametrize(
    ("cpu", "cuda", "merged", "absent"),
    [
        ([PASSED], [PASSED], [PASSED], False),
        ([PASSED], [FAILED], [FAILED], False),
        ([FAILED], [PASSED], [FAILED], False),
        ([PASSED], [SKIPPED], [PASSED], True),
        ([FAILED, PASSED], [SKIPPED, SKIPPED], [FAILED, PASSED], True),
        ([SKIPPED, PASSED], [SKIPPED, PASSED], [SKIPPED, PASSED], False),
    ],
)
def test_devices_are_merged(cpu, cuda, merged, absent):
    """A check must pass wherever it ran; a device that is not here is said aloud."""
    results, notes = merge_devices(["cpu", "cuda"], [cpu, cuda])

    text = "SKIPPED on cuda: this machine has no such device, so nothing was checked on it."
    assert list(results) == merged
    assert notes == ((text,) if absent else ())


@pytest.mark.parametrize("device", ["cuda", "all"])
def test_an_absent_device_is_skipped_aloud(grade, device):
    """NumPy has no GPU: every check on it is skipped, and the report says so."""
    result = grade(RIGHT, device=device)

    assert result.notes == (
        "SKIPPED on cuda: this machine has no such device, so nothing was checked on it.",
    )
    expected = Outcome.PASSED if device == "all" else Outcome.SKIPPED
    parity = [c for c in result.checks if c.name == PARITY]
    got = {c.outcome for c in result.checks if c.name not in ("test_row", PARITY)}
    assert got == {expected}
    assert [(c.outcome, c.message) for c in parity] == [(Outcome.SKIPPED, result.notes[0])] * 3
    assert result.final is (device == "all")


def test_a_submission_cannot_skip_its_checks(grade):
    """What is skipped costs nothing, so a worker's word is not taken for it."""
    lie = (
        "def double(x):\n"
        "    import sys\n"
        "    frame = sys._getframe()\n"
        "    while frame.f_code.co_name != '_reply':\n"
        "        frame = frame.f_back\n"
        "    server = frame.f_locals['self']\n"
        "    fault = {'kind': 'device', 'message': 'cuda', 'type': '', 'where': []}\n"
        "    server._connection.send(frame.f_locals['id'], 'fault', fault)\n"
        "    import time; time.sleep(60)\n"
    )
    result = grade(with_double(lie), seconds=2.0)

    assert check(result, "test_values").outcome in (Outcome.FAILED, Outcome.CRASHED)
    assert result.max_score == 5


def test_an_unknown_framework_is_said_for_every_check(grade):
    """A submission that this machine cannot run fails with the reason, each time the same."""
    result = grade(RIGHT, framework="theano", exercises=frozenset({"double"}))
    messages = {c.message for c in result.checks if c.name != "test_row"}

    assert messages == {
        "This machine cannot run the submission: theano submissions cannot be run here."
    }
