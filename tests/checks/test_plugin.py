from __future__ import annotations

from pathlib import Path

import pytest

from grader.checks.check_context import CheckContext
from grader.checks.draws import Draw
from grader.checks.plugin import (
    Check,
    Fixtures,
    collect_checks,
    run_check,
    run_item,
)
from grader.errors import AuthoringError

GOOD = '''\
from grader.checks import needs, points


@points("1.5")
def test_values():
    """Values agree
    with the definition.

    zh: 结果与定义
    一致。
    """


@points(1)
@needs("test_values")
def test_more():
    """More agree. zh: 更多一致。"""
'''


class Collector:
    """Runs a body in pytest's loop, with the collected items."""

    def __init__(self, body):
        self.body = body
        self.answer = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        """Call the body instead of running tests."""
        try:
            self.answer = self.body(session.items)
        except AuthoringError as error:
            self.answer = error
        return True


@pytest.fixture
def collected(tmp_path):
    """Return a function that collects files and returns what a body makes of the items."""

    def collect(files, body=collect_checks):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        plugin = Collector(body)
        arguments = ["-c", "/dev/null", "--rootdir", str(tmp_path), "-p", "no:terminal", "-s"]
        arguments += ["-p", "no:cacheprovider", "-p", "no:faulthandler", "--noconftest"]
        # it would search all of this process for garbage, each time
        arguments += ["--import-mode=importlib", "-p", "no:unraisableexception"]
        pytest.main([*arguments, *(str(tmp_path / name) for name in files)], plugins=[plugin])
        return plugin.answer

    return collect


def test_a_check_is_described_by_its_function(collected, tmp_path):
    """Exercise from the folder, points and needs from marks, sentences from the docstring."""
    values, more = collected({"first_kind/test_public.py": GOOD})

    assert isinstance(values, Check)
    assert (values.exercise, values.name, str(values.points)) == (
        "first_kind",
        "test_values",
        "3/2",
    )
    assert values.sentence.en == "Values agree with the definition."
    assert values.sentence.zh == "结果与定义一致。"
    assert (values.hidden, values.needs) == (False, ())
    assert (values.path, values.line) == (tmp_path / "first_kind/test_public.py", 4)
    assert more.needs == ("test_values",)


def test_a_hidden_file_belongs_to_the_same_exercise(collected):
    """The name of the file says whether learners get them."""
    found = collected({"second/test_hidden.py": GOOD})

    assert {(check.exercise, check.hidden) for check in found} == {("second", True)}


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "what"),
    [
        ("a/test_public.py", '@points("1.5")\n', "", 4, "test_values has no points: put @points"),
        ("b/test_public.py", "zh: 结果与定义", "结果与定义", 4, "test_values needs a docstring"),
        (
            "c/test_public.py",
            "    zh: 结果与定义\n    一致。\n",
            "    zh:\n",
            4,
            "test_values needs a",
        ),
        ("d/test_public.py", "More agree. ", "", 14, "test_more needs a docstring"),
        (
            "e/test_public.py",
            '@needs("test_values")',
            '@needs("test_value")',
            14,
            "needs test_value, which",
        ),
        ("f/checks_test.py", "", "", None, "checks live in <exercise>/test_public.py"),
    ],
)
def test_a_fault_names_file_and_line(collected, tmp_path, name, old, new, line, what):
    """No points, no Chinese, no English, a check that is needed but is not there."""
    error = collected({name: GOOD.replace(old, new)})

    assert isinstance(error, AuthoringError)
    assert what in error.what
    assert (error.path, error.line) == (tmp_path / name, line)


def test_a_name_is_used_once_in_an_exercise(collected, tmp_path):
    """A hidden check is not called like a public one; another exercise may use the name."""
    error = collected({"g/test_public.py": GOOD, "g/test_hidden.py": GOOD})

    assert isinstance(error, AuthoringError)
    assert error.what == "g has a second check called test_values"
    assert (error.path, error.line) == (tmp_path / "g/test_hidden.py", 4)
    assert len(collected({"h/test_public.py": GOOD, "i/test_hidden.py": GOOD})) == 4


RUNS = """\
import pytest

log = []


@pytest.fixture
def given():
    log.append("up")
    yield len(log)
    log.append("down")


@pytest.fixture
def torn():
    yield
    raise OSError("teardown")


def test_passes(given):
    assert given == 1 or given == 3


def test_raises():
    raise KeyError("call")


def test_torn(torn):
    pass


def test_torn_and_raises(torn):
    raise KeyError("call")


def test_exits():
    pytest.exit("enough")
"""


def test_a_check_runs_again_and_again_with_fixtures_anew(collected):
    """The same item runs for one submission after another."""

    def body(items):
        item = items[0]
        return [run_item(item, None), run_item(item, None), item.module.log]

    assert collected({"j/test_public.py": RUNS}, body) == [None, None, ["up", "down", "up", "down"]]


def test_what_a_check_raises_is_returned(collected):
    """From the call or from a fixture's end; the first one counts."""

    def body(items):
        return [repr(run_item(item, None)) for item in items[1:4]]

    assert collected({"k/test_public.py": RUNS}, body) == [
        "KeyError('call')",
        "OSError('teardown')",
        "KeyError('call')",
    ]


def test_leaving_pytest_goes_through(collected):
    """Whoever asks to stop is not taken for a failed check."""

    def body(items):
        with pytest.raises(pytest.exit.Exception):
            run_item(items[4], None)
        return "left"

    assert collected({"l/test_public.py": RUNS}, body) == "left"


def test_checks_run_under_plain_pytest(pytester_free_run):
    """An author can run the checks of one exercise on one file, with pytest itself."""
    assert pytester_free_run == 0


@pytest.fixture
def pytester_free_run(tmp_path):
    """Return pytest's exit code for a check on a right submission."""
    (tmp_path / "ref.py").write_text("def double(x):\n    return 2 * x\n", encoding="utf-8")
    (tmp_path / "double").mkdir()
    (tmp_path / "double/test_public.py").write_text(
        "from grader.checks import assert_close\n\n"
        "def test_plain(student, reference, draw):\n"
        "    x = draw.normal(3)\n"
        "    assert_close(student.double(x), reference.double(x))\n",
        encoding="utf-8",
    )
    arguments = ["-p", "grader.checks.plugin", "-p", "no:terminal", "-p", "no:cacheprovider"]
    arguments += ["-c", "/dev/null", "--rootdir", str(tmp_path), "-p", "no:faulthandler", "-s"]
    arguments += ["-p", "no:unraisableexception"]
    arguments += ["--submission", str(tmp_path / "ref.py"), "--reference", str(tmp_path / "ref.py")]
    return int(pytest.main([*arguments, str(Path(tmp_path, "double/test_public.py"))]))


ASKING = """
import pytest
from grader.checks import points

pytestmark = []


@points(1)
def test_plain(student, draw):
    '''Plain. zh: 平常。'''
    raise ValueError(f"{student} {draw}")


@pytest.fixture
def size():
    return 3


@points(1)
def test_fixture(size):
    '''One of its own. zh: 自带的。'''
    raise ValueError(size)


@points(1)
@pytest.mark.parametrize("draw", [7])
def test_parameter(draw):
    '''Called like one. zh: 同名的。'''
    raise ValueError(draw)


@points(1)
@pytest.mark.skip(reason="left out")
def test_marked():
    '''Left out. zh: 略过。'''
    raise ValueError
"""


def test_a_check_is_called_with_our_fixtures(collected):
    """Where it asks for more than that, pytest gives it the rest."""
    fixtures, context = Fixtures("student", "reference", "draw"), CheckContext(Draw(0))

    def body(items):
        checks = collect_checks(items)
        return [(check.plain, str(run_check(check, fixtures, context))) for check in checks]

    assert collected({"m/test_public.py": ASKING}, body) == [
        (True, "student draw"),
        (False, "3"),
        (False, "7"),
        (False, "left out"),
    ]
