"""What learners read exists in Chinese: every sentence of the program, and the course's own."""

from __future__ import annotations

import ast
import functools
import io
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

import cli
from grader import language
from grader.course.catalogue import Course
from grader.course.scaffold import new_course
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.kit.release import release
from grader.submission.collect import collect

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "grader" / "locale" / "zh" / "LC_MESSAGES" / "gradproof.po"
SOURCES = [ROOT / "cli.py", *sorted((ROOT / "grader").rglob("*.py"))]
CHECKS = sorted((ROOT / "autograder_tests").glob("*/*/test_*.py"))
MISTAKES = sorted((ROOT / "autograder_tests").glob("*/*/mistakes.toml"))

CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile("[A-Za-z]{2,} [a-z]{2,}")
#: English that is not ours to translate: what Python says of CLASS, the learner's line, a command
FOREIGN = re.compile(
    "is not defined|was never closed|def scale|apt install bubblewrap"
    "|gradproof check scale --steps 2"
)

RIGHT = "def scale(x, factor):\n    return x * factor\n"
CLASS = {
    "right": RIGHT,
    "wrong": "def scale(x, factor):\n    return x * abs(factor)\n",
    "nothing": "def scale(x, factor):\n    x * factor\n",
    "one": "def scale(x, factor):\n    return x[0]\n",
    "integers": "def scale(x, factor):\n    return (x * factor).astype('int64')\n",
    "pair": "def scale(x, factor):\n    return {'x': x}\n",
    "infinite": "def scale(x, factor):\n    return x / 0 * factor\n",
    "in_place": "def scale(x, factor):\n    x *= factor\n    return x\n",
    "raising": "def scale(x, factor):\n    return {}[factor]\n",
    "undefined": "scale = other\n",
    "misspelt": "def scales(x, factor):\n    return x * factor\n",
    "unwritten": "def scale(x, factor):\n    raise NotImplementedError('scale')\n",
    "broken": "def scale(x, factor:\n    return x * factor\n",
    "endless": "def scale(x, factor):\n    while True:\n        pass\n",
    "leaving": "import os\n\ndef scale(x, factor):\n    os._exit(0)\n",
    "empty": "\n",
}


#: where parts are joined as in code: shapes, indices, arguments
CODE = {"grader/report/evidence.py", "grader/report/heat_map.py"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English after a test that did not."""
    yield
    language.use("en")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The Chinese catalogue as it is committed."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, abort_invalid=True)


def called(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """Yield every call of *name* in *tree*."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of the module at *path*."""
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def said() -> set[str]:
    """Return every sentence that the program says, by Python's own parser."""
    calls = [call for path in SOURCES for call in called(parsed(path), "_")]
    return {ast.literal_eval(call.args[0]) for call in calls}


def placeholders(text: str) -> list[tuple[str, str | None, str | None]]:
    """Return name, format and conversion of each placeholder, sorted."""
    return sorted(tuple(part[1:]) for part in string.Formatter().parse(text) if part[1] is not None)


# -- the catalogue ---------------------------------------------------------------------------------


def test_babel_finds_every_sentence_that_is_said():
    """None stands where Babel does not look, such as inside an f-string."""
    found = {
        message
        for path in SOURCES
        for _line, message, *_rest in extract_from_file("python", path, keywords={"_": None})
    }

    assert said() == found


def test_the_catalogue_holds_what_is_said_and_nothing_else(catalogue):
    """`make messages` was run: none is missing, none is left over."""
    assert said() == {message.id for message in catalogue if message.id}
    assert not catalogue.obsolete


def test_every_sentence_is_translated(catalogue):
    """With Chinese words and the same placeholders, and looked at by a person."""
    for message in catalogue:
        words = "".join(part[0] for part in string.Formatter().parse(message.id))

        assert message.string, message.id
        assert not message.fuzzy, message.id
        assert placeholders(message.id) == placeholders(message.string)
        assert bool(re.search("[A-Za-z]", words)) <= bool(CHINESE.search(message.string))


def test_an_exercise_has_one_word(catalogue):
    """Whatever the sentence."""
    assert not [message.id for message in catalogue if "练习" in str(message.string)]


def test_the_compiled_catalogue_is_current(catalogue):
    """What gettext reads is what the translations compile to."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    compiled = CATALOGUE.with_suffix(".mo").read_bytes()

    expected, actual = (
        {m.id: m.string for m in read_mo(io.BytesIO(content)) if m.id}
        for content in (buffer.getvalue(), compiled)
    )
    assert expected == actual


def test_names_in_a_sentence_are_joined_in_its_language():
    """With 、 in Chinese: by `listed`, and not by a comma that stands in the program."""
    found = {
        f"{path.relative_to(ROOT).as_posix()}:{join.lineno}"
        for path in SOURCES
        if path.relative_to(ROOT).as_posix() not in CODE
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef) and any(called(node, "_"))
        for join in ast.walk(node)
        if isinstance(join, ast.Attribute) and join.attr == "join"
        if isinstance(join.value, ast.Constant) and join.value.value in {", ", "; "}
    }

    assert set() == found


# -- the language of a run -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "names", "remarks", "clauses", "some"),
    [
        ("en", "a, b, c", "a, b, c", "a; b; c", "a, b, …"),
        ("zh", "a、b、c", "a，b，c", "a；b；c", "a、b、…"),
    ],
)
def test_a_list_is_punctuated_as_in_the_language_in_use(said, names, remarks, clauses, some):
    """Names and longer parts, and a list that is cut short."""
    language.use(said)

    assert names == language.listed("abc") == language.listed("abc", most=3)
    assert remarks == language.listed("abc", language.REMARKS)
    assert clauses == language.listed("abc", language.CLAUSES)
    assert some == language.listed("abc", most=2)
    language.use("en")
    assert names == language.listed("abc", said=said)


@pytest.mark.parametrize(
    ("message", "translated"),
    [
        ("passed", "通过"),
        ("The result", "结果"),
        ("{name} is not written yet.", "{name}还没有写。"),
        ("nobody ever said this", "nobody ever said this"),
    ],
)
def test_a_sentence_is_said_in_the_language_in_use(message, translated):
    """In Chinese where there is Chinese, else in English; in English as it stands."""
    language.use("zh")

    assert (language.current(), language._(message)) == ("zh", translated)
    language.use("en")
    assert (language.current(), language._(message)) == ("en", message)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"GRADPROOF_LANG": "zh", "LC_ALL": "en_US.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"GRADPROOF_LANG": "en", "LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "C.UTF-8"}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"GRADPROOF_LANG": "", "LC_ALL": "", "LANG": "zh_TW"}, "zh"),
        ({"LANG": "ZH_CN"}, "zh"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_environment_is_asked_in_order(monkeypatch, environment, expected):
    """GRADPROOF_LANG before LC_ALL before LANG; what is empty says nothing."""
    for name in ("GRADPROOF_LANG", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert language.preferred() == expected


# -- reports ---------------------------------------------------------------------------------------


def english_in(text: str) -> list[str]:
    """Return the sentences of ours, and the words of anyone, that *text* says in English."""
    text = FOREIGN.sub("", text)
    pieces = {piece[0].strip() for message in said() for piece in string.Formatter().parse(message)}
    ours = [p for p in pieces if len(p) > 3 and re.search(rf"(?<!\w){re.escape(p)}(?!\w)", text)]
    return ours + ENGLISH.findall(text)


def test_english_is_found_where_it_stands():
    """A text in which there is English does not pass for Chinese."""
    assert english_in("结果不是数组。 It is None. Is there a return statement?")
    assert english_in("得分：passed")
    assert not english_in("结果的形状不正确。得到(4,)，应为(4, 1)。\n\nada · ada.py · numpy")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The scaffolded course, with little patience."""
    root = tmp_path_factory.mktemp("course") / "course"
    new_course(root)
    path = root / "assignments" / "course.toml"
    text = path.read_text(encoding="utf-8")
    assert "seconds = 10" in text
    path.write_text(text.replace("seconds = 10", "seconds = 1"), encoding="utf-8")
    return Course.load(root)


def test_reports_of_a_class_are_chinese(course, tmp_path):
    """Whatever learners hand in, their reports hold no English sentence."""
    language.use("zh")
    for learner, text in CLASS.items():
        (tmp_path / f"{learner}.py").write_text(f"# framework: numpy\n{text}", encoding="utf-8")
    (tmp_path / "empty.py").write_text(CLASS["empty"], encoding="utf-8")
    collect(tmp_path, "warmup", submissions_of(course))
    scored = score(course, course.assignment("warmup"), ScoreOptions(jobs=2))

    assert sorted(CLASS) == [result.learner for result in scored.results]
    for learner in CLASS:
        report = course.root / "results" / "warmup" / learner / "report.md"
        assert english_in(report.read_text(encoding="utf-8")) == [], learner


@pytest.fixture(scope="module")
def kit(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit in Chinese."""
    target = tmp_path_factory.mktemp("kit")
    return release(course, course.assignment("warmup"), target, "zh", as_zip=False)


@pytest.mark.parametrize("learner", CLASS)
def test_checking_at_the_desk_is_chinese(kit, tmp_path, monkeypatch, learner):
    """A kit in Chinese says nothing in English, whatever it checks."""
    path = tmp_path / "mine.py"
    path.write_text(f"# framework: numpy\n{CLASS[learner]}", encoding="utf-8")
    monkeypatch.chdir(kit)
    done = CliRunner().invoke(cli.main, ["check", "--file", str(path)])

    assert done.exit_code == (0 if learner in ("right", "in_place") else 1), done.output
    assert CHINESE.search(done.output)
    assert english_in(done.output) == []


# -- the course's own words ------------------------------------------------------------------------


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_checks_speak_both_languages(path):
    """Every check has a Chinese sentence; whatever else it says is bilingual, or code."""
    module = parsed(path)
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            sentence, separator, chinese = (ast.get_docstring(node) or "").partition("zh:")

            assert separator, node.name
            assert not CHINESE.search(sentence), node.name
            assert CHINESE.search(chinese), node.name
    for text in called(module, "Text"):
        english, chinese = (ast.unparse(argument) for argument in text.args)

        assert not CHINESE.search(english)
        assert CHINESE.search(chinese)
    for said_alone in spoken(module):
        ast.parse(said_alone, mode="eval")


def spoken(module: ast.Module) -> Iterator[str]:
    """Yield every string of *module* but docstrings and texts; 0 stands for what is filled in.

    Words that are data stand in lists, or in constants of the module, and not in what is raised.
    """
    silent = {id(part) for text in called(module, "Text") for part in ast.walk(text)}
    data = [n.value for n in module.body if isinstance(n, ast.Assign)]
    data += [node for node in ast.walk(module) if isinstance(node, ast.List | ast.ListComp)]
    raised = [node for node in ast.walk(module) if isinstance(node, ast.Raise)]
    told = {id(part) for node in raised for part in ast.walk(node)}
    silent |= {id(part) for node in data for part in ast.walk(node)} - told
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))
        if isinstance(node, ast.JoinedStr) and id(node) not in silent:
            silent |= {id(part) for part in ast.walk(node)}
            yield "".join(v.value if isinstance(v, ast.Constant) else "0" for v in node.values)
        elif isinstance(node, ast.Constant) and id(node) not in silent:
            yield str(node.value)


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.parent.name)
def test_every_hint_is_chinese_too(path):
    """A hint asks its question in both languages, each in its own characters."""
    for mistake in tomllib.loads(path.read_text(encoding="utf-8"))["mistake"]:
        assert not CHINESE.search(mistake["hint"]["en"]), mistake["name"]
        assert CHINESE.search(mistake["hint"]["zh"]), mistake["name"]


def test_learners_are_addressed_alike():
    """Everything in Chinese says 你."""
    trees = (ROOT / name for name in ("grader", "docs", "solutions", "autograder_tests"))
    files = [p for tree in trees for p in tree.rglob("*") if p.suffix in {".py", ".md", ".toml"}]

    assert [] == [p for p in [*files, CATALOGUE] if "您" in p.read_text(encoding="utf-8")]
