from __future__ import annotations

import importlib
import json
import linecache
import random
import re
import subprocess
import sys
from html.parser import HTMLParser

import numpy as np
import pytest

import grader
from grader import language
from grader.course.catalogue import Course
from grader.course.mistakes import apply_mistake
from grader.course.scaffold import new_course
from grader.course.source import reference_text
from grader.desk import kit_runner as runner
from grader.desk.kit_runner import ready
from grader.desk.live_check import NotPassed, check_namespace
from grader.desk.progress import Progress
from grader.errors import InternalError, UsageError
from grader.kit.kit import HOME, Kit
from grader.kit.kit_check import check_kit
from grader.kit.release import release
from grader.outcome import Outcome
from grader.sandbox.live_channel import Cell

RIGHT = "def scale(x, factor):\n    return x * factor\n"
WRONG = "def scale(x, factor):\n    return x * abs(factor)\n"


@pytest.fixture(autouse=True)
def in_the_kit(kit, monkeypatch):
    """Work in the kit's folder."""
    monkeypatch.chdir(kit.directory)


def namespace(text):
    """Return the namespace that *text* makes, as a notebook's would be."""
    made = {"__name__": "__main__"}
    exec(compile(text, "<a cell>", "exec"), made)
    return made


def outcomes(report):
    """Return the outcome of each check."""
    return [check.outcome for check in report.result.checks]


@pytest.mark.parametrize("by_name", [True, False])
def test_functions_are_checked_as_they_are_now(by_name):
    """By name or themselves: wrong first, right after another definition."""
    space = namespace(WRONG)
    first = check_namespace(["scale" if by_name else space["scale"]], space)
    space.update(namespace(RIGHT))
    second = check_namespace(["scale" if by_name else space["scale"]], space)

    assert [Outcome.PASSED, Outcome.FAILED] == outcomes(first)
    assert (False, 2, 3) == (first.passed, first.score, first.max_score)
    assert [Outcome.PASSED, Outcome.PASSED] == outcomes(second)
    assert (True, 3, 3) == (second.passed, second.score, second.max_score)


def test_a_function_of_another_name_is_checked_under_its_own(kit):
    """What is handed over counts, not what the namespace calls so."""
    space = namespace(WRONG)

    assert check_namespace([namespace(RIGHT)["scale"]], space).passed


def test_check_is_imported_from_grader_and_sees_its_caller(kit, monkeypatch):
    """``from grader import check``, in the namespace that calls it."""
    space = namespace("from grader import check\n" + RIGHT + "report = check('scale')\n")

    assert space["report"].passed
    with pytest.raises(AttributeError, match="no attribute 'chek'"):
        _ = grader.chek


@pytest.fixture(scope="module")
def courses(tmp_path_factory):
    """Return a course, and a kit of it that later tests may write to."""
    home = tmp_path_factory.mktemp("course")
    new_course(home / "course")
    course = Course.load(home / "course")
    return course, Kit.find(release(course, course.assignments[0], home, "en"))


def test_verdicts_are_those_of_the_terminal(courses, monkeypatch):
    """Outcome, message and hints, for the reference and for every known mistake."""
    course, kit = courses
    monkeypatch.chdir(kit.directory)
    assignment = course.assignments[0]
    source = course.source(assignment)
    texts = [reference_text(source)]
    texts += [apply_mistake(source, mistake) for mistake in course.mistakes(assignment)]

    assert len(texts) == 4
    for text in texts:
        file = kit.directory / "mine.py"
        file.write_text("# framework: numpy\n" + text, encoding="utf-8")
        cells = [Cell("<a cell>", "mine.py", text)]
        live = ready(kit).check_live((), namespace(text), cells).result.checks
        terminal = check_kit(kit, file=file).checks
        told = [
            [(check.name, check.outcome, check.message, check.hints) for check in checks]
            for checks in (live, terminal)
        ]

        assert told[1] == told[0]


def test_checks_are_collected_once(kit, monkeypatch):
    """Later checks of the same kit start no other pytest session; a new kit does."""
    made = []
    original = runner.KitRunner
    monkeypatch.setattr(runner, "KitRunner", lambda kit: made.append(kit) or original(kit))
    for _ in range(3):
        check_namespace(["scale"], namespace(RIGHT))
    assert 1 == len(made)
    path = kit.directory / HOME / "checks/scale/test_public.py"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    check_namespace(["scale"], namespace(RIGHT))

    assert 2 == len(made)


def test_an_error_points_at_the_learners_line(kit):
    """At the cell as its learner knows it, and the line in it."""
    text = "def scale(x, factor):\n    y = x * factor\n    return y[99, 99]\n"
    (check, _other) = (
        ready(kit).check_live((), namespace(text), [Cell("<a cell>", "In [7]", text)]).result.checks
    )

    assert "scale raised IndexError: " in check.message
    assert check.message.endswith("\n  In [7], line 3: return y[99, 99]")


def test_an_error_in_a_module_beside_points_at_its_line(kit, monkeypatch):
    """As it is now, also after it was changed and loaded again."""
    monkeypatch.syspath_prepend(kit.directory)
    path = kit.directory / "helpers_of_ada.py"
    path.write_text("def scale(x, factor):\n    return x.nothing\n")
    space = namespace("from helpers_of_ada import scale\n")
    first = check_namespace(["scale"], space).result.checks[0].message
    path.write_text("\n\ndef scale(x, factor):\n    return x.nothing_at_all\n")
    importlib.reload(sys.modules["helpers_of_ada"])
    space = namespace("from helpers_of_ada import scale\n")
    second = check_namespace(["scale"], space).result.checks[0].message

    assert first.endswith("\n  helpers_of_ada.py, line 2: return x.nothing")
    assert second.endswith("\n  helpers_of_ada.py, line 4: return x.nothing_at_all")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("en", "define it under exactly this name. Found: sclae."),
        ("zh", "请用这个名字定义它，一字不差。找到的名字：sclae。"),
    ],
)
def test_a_name_that_is_missing_is_told_with_those_that_are_there(kit, said, told):
    """As for a file; not with those that a later cell has taken away."""
    language.use(said)
    space = namespace("def sclae(x, factor):\n    return 1\n")
    texts = "def sclae(x, factor):\n    return 1\n", "def gone():\n    pass\n"
    cells = [Cell(f"<{text}>", "In [1]", text) for text in texts]
    (check, _other) = ready(kit).check_live((), space, cells).result.checks

    assert check.message.endswith(told)


def test_a_notebook_says_that_it_uses_a_changed_copy(kit):
    """What the kernel has imported already cannot be exchanged."""
    original = kit.directory / HOME / "files/tables.py"
    original.parent.mkdir()
    original.write_bytes(b"ONE = 1\n")
    (kit.directory / "tables.py").write_bytes(b"ONE = 2\n")

    (note,) = ready(kit).check_live((), namespace(RIGHT), [Cell("", "", RIGHT)]).result.notes

    assert note == (
        "You changed what came with the kit: tables.py. This notebook uses your copy, but your "
        "work is graded with the original; gradproof check uses it, too."
    )


def test_an_interrupt_is_told_with_the_learners_line(kit):
    """And, where a notebook shows it, with no line of ours."""
    text = "def scale(x, factor):\n    y = x\n    raise KeyboardInterrupt\n"
    space = namespace(text) | {"__file__": "<a cell>"}
    linecache.cache["<a cell>"] = (len(text), None, text.splitlines(True), "<a cell>")
    with pytest.raises(KeyboardInterrupt) as caught:
        grader.check.__globals__["_check"](["scale"], space)

    line = "  <a cell>, line 3: raise KeyboardInterrupt"
    shown = f"KeyboardInterrupt\nThe check was interrupted.\n{line}"
    assert [shown] == caught.value._render_traceback_()


def test_an_interrupt_leaves_everything_as_it_was():
    """The next check works, also in the check that was broken off."""
    space = namespace("def scale(x, factor):\n    raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        check_namespace(["scale"], space)

    assert check_namespace(["scale"], namespace(RIGHT)).passed


def test_a_check_disturbs_no_random_numbers_and_no_settings():
    """The notebook goes on drawing as if nothing had been checked."""
    text = "import random, numpy as np\ndef scale(x, factor):\n    np.random.rand()\n"
    text += "    random.random()\n    np.seterr(all='raise')\n    return x * factor\n"
    space = namespace(text)
    before = np.random.get_state()[1].tolist(), random.getstate(), np.geterr()
    report = check_namespace(["scale"], space)

    assert report.passed
    assert before == (np.random.get_state()[1].tolist(), random.getstate(), np.geterr())


def test_nothing_is_written_to_stderr(capsys):
    """What the learner's code writes there goes to stdout, warnings nowhere."""
    text = "import sys, warnings\ndef scale(x, factor):\n    print('here', file=sys.stderr)\n"
    text += "    warnings.warn('beware')\n    return x * factor\n"
    report = grader.check.__globals__["_check"](["scale"], namespace(text))
    out, err = capsys.readouterr()

    assert (report.passed, out, err) == (True, "here\n" * 4, "")


def test_a_notebook_is_checked_once_whatever_else_is_imported(capsys):
    """Each call is made once: PyTorch in the notebook makes no second run."""
    pytest.importorskip("torch")
    text = "import torch\ndef scale(x, factor):\n    print('here')\n    return x * factor\n"
    check_namespace(["scale"], namespace(text))

    assert capsys.readouterr().out == "here\n" * 4


def test_what_is_forbidden_is_found(kit):
    """In a cell that is still in force, not in one that was run again since."""
    path = kit.directory / HOME / "kit.json"
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b'"forbidden": []', b'"forbidden": ["numpy.multiply"]', 1))
    use = "import numpy as np\ndef scale(x, factor):\n    return np.multiply(x, factor)\n"
    cells = [Cell("<one>", "In [1]", use), Cell("<two>", "In [2]", RIGHT)]
    found = ready(Kit.find(kit.directory))
    wrong = found.check_live((), namespace(use), cells[:1]).result.checks[0]
    again = found.check_live((), namespace(use + RIGHT), cells).result.checks

    told = "scale uses numpy.multiply, which this exercise asks you to write."
    assert (Outcome.FAILED, told) == (wrong.outcome, wrong.message.splitlines()[0])
    assert "In [1], line 3" in wrong.message
    assert [Outcome.PASSED] * 2 == [check.outcome for check in again]


def test_what_a_check_itself_uses_is_not_the_learners(kit):
    """Both run in one process here, and the kit's checks lie below the learner's folder."""
    path = kit.directory / HOME / "kit.json"
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b'"forbidden": []', b'"forbidden": ["numpy.linalg.norm"]', 1))
    checks = kit.directory / HOME / "checks/scale/test_public.py"
    text = checks.read_text("utf-8").replace("x = draw", "np.linalg.norm([1.0])\n    x = draw")
    checks.write_text("import numpy as np\n" + text, "utf-8")
    found = ready(Kit.find(kit.directory)).check_live((), namespace(RIGHT), [])

    assert "np.linalg.norm" in checks.read_text("utf-8")
    assert [Outcome.PASSED] * 2 == [check.outcome for check in found.result.checks]


@pytest.mark.parametrize("asked", ["scales", "Scale", "sacle"])
def test_an_exercise_that_is_not_there_is_refused(asked):
    """With those that are, and the one that was probably meant."""
    text = f"no exercise {asked} in this kit; it has scale. Did you mean scale?"
    with pytest.raises(UsageError, match=re.escape(text)):
        check_namespace([asked], namespace(RIGHT))


@pytest.mark.parametrize("asked", [3, None, np.ones((2, 2)), ["scale"]])
def test_what_is_no_function_is_refused(asked):
    """A result, say: nobody wants to read its numbers in a sentence."""
    text = f"not a value of type {type(asked).__name__}: write check(scale) or"
    with pytest.raises(UsageError, match=re.escape(text)):
        check_namespace([asked], namespace(RIGHT))


@pytest.mark.parametrize(
    "made",
    [
        "def other(x, factor):\n    return x * factor\nscale = other\n",
        "_ = scale = lambda x, factor: x * factor\n",
        "import functools, operator\n_1 = scale = functools.partial(operator.mul)\n",
        "import types\nscale = types.SimpleNamespace(scale=lambda x, factor: x * factor).scale\n",
    ],
)
def test_a_function_is_checked_as_what_it_is_called_here(made):
    """Whatever it was called where it was made, and whatever else the notebook calls it."""
    space = namespace(made)

    assert check_namespace([space["scale"]], space).passed


def test_a_function_that_has_no_name_of_an_exercise_is_refused_by_its_name():
    """Under the name that the learner gave it."""
    space = namespace("mine = lambda x, factor: x * factor\n")
    with pytest.raises(UsageError, match="no exercise mine in this kit"):
        check_namespace([space["mine"]], space)


@pytest.mark.parametrize(("lost", "what"), [("answers", "answers"), ("hints/scale", "hints")])
def test_a_kit_that_has_lost_a_file_is_to_be_unpacked_again(kit, lost, what):
    """A sentence, and no traceback of ours."""
    (kit.directory / HOME / lost).unlink()
    with pytest.raises(InternalError, match=f"recorded {what} cannot be read .* Unpack the kit"):
        check_namespace(["scale"], namespace(WRONG))


def test_a_kit_without_the_check_that_is_asked_for_says_so(kit):
    """In the notebook and in the terminal."""
    checks = kit.directory / HOME / "checks"
    text = (checks / "scale/test_public.py").read_text("utf-8")
    (checks / "scale/test_public.py").unlink()
    raw = (kit.directory / HOME / "kit.json").read_bytes()
    exercises = json.loads(raw)["exercises"]
    exercises.append(exercises[0] | {"name": "shift"})
    (checks / "shift").mkdir()
    (checks / "shift/test_public.py").write_text(text, "utf-8")
    found = json.loads(raw) | {"exercises": exercises}
    (kit.directory / HOME / "kit.json").write_text(json.dumps(found), "utf-8")

    with pytest.raises(UsageError, match=r"has no checks for this exercise\. Unpack the kit again"):
        check_namespace(["scale"], namespace(RIGHT))
    with pytest.raises(UsageError, match=r"has no checks for this exercise\. Unpack the kit again"):
        check_kit(Kit.find(kit.directory), ("scale",))


def test_the_kit_is_found_where_the_notebook_has_been(kit, monkeypatch, tmp_path):
    """IPython remembers its folders; that it is in now may be elsewhere, or gone."""
    space = namespace(RIGHT) | {"_dh": [kit.directory, tmp_path]}
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    assert check_namespace(["scale"], space).passed
    gone.rmdir()
    assert check_namespace(["scale"], space).passed
    with pytest.raises(UsageError, match="is not inside a kit"):
        check_namespace(["scale"], namespace(RIGHT))


def test_a_framework_that_is_not_here_is_named(kit, monkeypatch):
    """As it is for a file."""
    cells = [Cell("<one>", "In [1]", "# framework: jax")]
    monkeypatch.setitem(sys.modules, "jax", None)

    with pytest.raises(UsageError, match="This machine cannot run the submission: "):
        ready(kit).check_live((), namespace(RIGHT), cells)


def test_nbgrader_sees_an_exception(monkeypatch):
    """A grade cell scores nothing if it raises an AssertionError."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    check = grader.check.__globals__["_check"]

    assert check(["scale"], namespace(RIGHT)).passed
    with pytest.raises(NotPassed, match="A negative factor changes every sign"):
        check(["scale"], namespace(WRONG))
    assert issubclass(NotPassed, AssertionError)


def test_what_has_passed_is_remembered(kit):
    """And what is damaged or deleted costs nothing."""
    report = check_namespace(["scale"], namespace(RIGHT))
    path = kit.directory / HOME / "progress.json"

    assert "All exercises pass. You can submit your work." in repr(report)
    assert Progress.of(kit).finished("scale")
    for content in (b"", b"{}", b'{"exercises": {"scale": {"points": "1/0"}}}', None):
        path.unlink() if content is None else path.write_bytes(content)
        assert not Progress.of(kit).finished("scale")
    check_namespace(["scale"], namespace(WRONG))
    assert "0 of 1 exercises pass. Next: scale." in repr(check_namespace([], namespace(WRONG)))


#: what the HTML of a result is made of, but for pictures
KNOWN_TAGS = {"style", "div", "b", "ul", "li", "span", "pre", "details", "summary"}


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def html_of(report):
    """Return the HTML, and its tags with their attributes."""
    html = report._repr_mimebundle_()["text/html"]
    parser = _Tags()
    parser.feed(html)
    return html, parser.seen


def test_the_rich_result_shows_what_was_seen():
    """What passed, the first failure, got and expected, a picture, a folded hint, progress."""
    report = check_namespace(["scale"], namespace(WRONG))
    html, tags = html_of(report)
    bundle = report._repr_mimebundle_()

    assert {"text/plain", "text/markdown", "text/html"} == set(bundle)
    for part in ("A negative factor changes every sign.", "scale(float64[4], -0.5)", "expected:"):
        assert part in html and part in bundle["text/markdown"] + bundle["text/plain"]
    assert "0 of 1 exercises pass. Next: scale." in html
    cells = [attributes for tag, attributes in tags if tag == "td"]
    assert 4 == len(cells)
    assert all("got " in cell["title"] for cell in cells)
    assert 2 == [tag for tag, _attributes in tags].count("details")
    # what came back and what was expected, entry by entry, with the same four
    marks = [attributes.get("class") for _tag, attributes in tags]
    assert (4, 4) == (marks.count("got"), marks.count("want"))
    assert "By entry: ◆ what came back, ○ what was expected." in html
    assert "prefers-color-scheme:dark" in html


def test_markdown_tells_what_failed_below_its_exercise(kit):
    """Of several exercises, only one has failed first."""
    path = kit.directory / HOME / "kit.json"
    raw = json.loads(path.read_text("utf-8"))
    raw["exercises"].append(raw["exercises"][0] | {"name": "shift"})
    path.write_text(json.dumps(raw), "utf-8")
    checks = kit.directory / HOME / "checks"
    text = (checks / "scale/test_public.py").read_text("utf-8").replace("scale", "shift")
    (checks / "shift").mkdir()
    (checks / "shift/test_public.py").write_text(text, "utf-8")
    hints = kit.directory / HOME / "hints"
    (hints / "shift").write_bytes((hints / "scale").read_bytes())
    report = check_namespace([], namespace(WRONG))
    shown = report._repr_mimebundle_()["text/markdown"]

    parts = ["**scale**", "The result has wrong values.", "Hint: ", "**shift**", "0 of 2 exer"]
    places = [shown.index(part) for part in parts]
    assert sorted(places) == places
    assert not any(line.endswith(" ") for line in shown.splitlines())


def test_the_rich_result_holds_no_script_and_nothing_from_elsewhere():
    """Also when the learner's code tries to put some in."""
    text = "def scale(x, factor):\n    raise ValueError('<script src=//x.y>\\x1b[31m</pre><img>')\n"
    html, tags = html_of(check_namespace(["scale"], namespace(text)))

    assert "&lt;script" in html and "\x1b" not in html
    assert {tag for tag, _ in tags} <= KNOWN_TAGS
    assert not re.search(r"url\(|https?:|@import", html)


@pytest.mark.parametrize("said", ["en", "zh"])
def test_it_speaks_the_language_that_is_asked_for(said, monkeypatch):
    """``GRADPROOF_LANG`` counts for more than the kit's own."""
    monkeypatch.setenv("GRADPROOF_LANG", said)
    report = check_namespace(["scale"], namespace(WRONG))

    assert ("因子为负时" in repr(report)) == (said == "zh")


def test_importing_check_loads_nothing_heavy():
    """A notebook that never checks pays nothing."""
    code = "import sys; from grader import check; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert "False\n" == done.stdout
