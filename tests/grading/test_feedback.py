"""``gradproof feedback``: what each learner may see, as pages and as mail."""

from __future__ import annotations

import csv
import re
from itertools import pairwise

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.course.secrets import solution_lines
from grader.errors import UsageError
from grader.grading import setup
from grader.grading.feedback import feedback
from grader.grading.overrides import override
from grader.grading.replay import replay_report
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.grading.show import show
from grader.report.feedback_files import feedback_files, file_names
from grader.report.learner_html import learner_html
from grader.sandbox.zygote import Zygote
from grader.submission.collect import collect
from grader.submission.roster import naming_rules

from ..report.test_audit_page import Tags
from ..warmup import RIGHT, made

EVIL = "</pre></main><script>alert(1)</script>"
CLASS = {
    "ada": RIGHT,
    "bob": RIGHT.replace("factor * x", "x * abs(factor)"),
    "red": RIGHT.replace("return factor * x", "x *= factor\n    return x"),
    "eve": RIGHT.replace("return", f"raise ValueError('{EVIL}')  # {EVIL}\n    return"),
    "spy": RIGHT.replace("return", "raise ValueError(str(x.tolist()))\n    return"),
    "张三": "\n",
}
ROSTER = """\
id,name,email,group
ada,Ada Lovelace,ada@uni.example,
bob,Bob Li,=bob@uni.example,
dan,Dan,,red
dora,Dora,,red
eve,Eve,,
spy,Spy,,
张三,张三,zhang@uni.example,
zoe,Zoe,,
"""


@pytest.fixture(autouse=True)
def english_and_quick(monkeypatch):
    """Speak English; leave PyTorch out of the zygotes."""
    language.use("en")
    monkeypatch.setattr(setup, "Zygote", lambda names, *more: Zygote(("numpy",), *more))
    yield
    language.use("en")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course whose class, with a group of two, is scored."""
    folder = tmp_path_factory.mktemp("scored")
    language.use("en")
    course = made(folder / "course")
    (course.root / "roster.csv").write_text(ROSTER)
    for learner, text in CLASS.items():
        (folder / "inbox" / learner).mkdir(parents=True)
        (folder / "inbox" / learner / "warmup.py").write_text(text)
    collect(folder / "inbox", "warmup", submissions_of(course), naming_rules(course.root))
    score(course, course.assignments[0], ScoreOptions())
    override(course, "bob", "scale", "3.5", "a <b>slip</b>", "lead")
    score(course, course.assignments[0], ScoreOptions())
    return course


@pytest.fixture(scope="module")
def found(course):
    """Return the pages of the whole class, in English."""
    language.use("en")
    return feedback(course, course.assignments[0])


@pytest.fixture(scope="module")
def html(found):
    """Return the pages as HTML, by learner."""
    language.use("en")
    return {page.report.learner: learner_html(page) for page in found.pages}


def secrets_of(course, learner):
    """Return the numbers that staff see of hidden checks, and the lines of the solution.

    Inputs are those of a replay, to as many digits as any page may show.
    """
    page = show(course, learner)
    path = course.root / "results" / "warmup" / learner / "report.json"
    script = replay_report(course, path, "scale/test_input_unchanged").script.text
    inputs = {n[:6] for n in re.findall(r"\d+\.\d{4,}", script.partition("import mine")[2])}
    hidden = {(c.exercise, c.name) for c in page.report.checks if c.hidden}
    values = [e for name, e in page.evidence.items() if name in hidden]
    numbers = {n for e in values for n in re.findall(r"\d+\.\d{3,}", f"{e.got} {e.expected}")}
    source = course.reference(course.assignments[0]).read_text("utf-8")
    assert inputs
    return numbers | inputs, [line for line in solution_lines(source) if len(line) > 8]


def test_everybody_with_a_report_has_a_page(found):
    """Each member of a group, too; nobody is lost."""
    learners = [page.report.learner for page in found.pages]

    assert ["ada", "bob", "dan", "dora", "eve", "spy", "张三"] == learners
    assert {} == found.lost


def test_a_page_tells_what_went_wrong(html):
    """Sentence, call, both values, pictures, hints behind folds, code, sum with its reasons."""
    for part in (
        "<h1>bob, Warm-up: 3.5 / 4 points</h1>",
        "A negative factor changes every sign.",
        "scale(float64[4], -0.5)",
        "<dt>got</dt>",
        "<dt>expected</dt>",
        '<svg class="heat" role="img" aria-label="Map of differences, 1 by 4 cells; largest',
        '<svg class="curve" role="img" aria-label="Plot of 4 entries',
        "<summary>Hint</summary>",
        "What sign does -2 times 3 have?",
        "return x * abs(factor)</span>",
        "Overridden by lead, 3.5 points instead of 3: a &lt;b&gt;slip&lt;/b&gt;",
    ):
        assert part in html["bob"]


def test_nothing_of_a_hidden_check_but_its_sentence_is_in_a_page(course, found, html):
    """No value that staff see of it, no line of the solution; in mail neither."""
    numbers, lines = secrets_of(course, "dan")
    files = {}
    for form in ("markdown", "text"):
        files |= {f"{form} {n}": text for n, text in feedback_files(found.pages, form, {}).items()}
    language.use("zh")
    again = feedback(course, course.assignments[0], ["dan", "spy"]).pages
    every = [*html.values(), *map(learner_html, again)]
    every += [content.decode() for content in files.values()]

    assert numbers and lines
    for text in every:
        assert not [number for number in numbers if number in text]
        assert not [line for line in lines if line in text]
    assert "The array passed in is unchanged on return." in html["dan"]


@pytest.mark.parametrize("learner", ["ada", "bob", "eve", "dan", "张三"])
def test_a_page_stands_alone_and_is_whole(html, learner):
    """Every tag closed, no script, nothing loaded; headings in order, one main part."""
    tags = Tags()
    tags.feed(html[learner])
    levels = [int(level) for level in re.findall(r"<h(\d)", html[learner])]

    assert ([], []) == (tags.wrong, tags.open)
    assert not tags.names & {"script", "link", "img", "iframe"}
    assert all(address.startswith("#") for address in tags.addresses)
    assert 1 == levels[0] and all(b - a <= 1 for a, b in pairwise(levels))
    assert 1 == html[learner].count("<main>") == html[learner].count("<h1")


def test_hostile_code_is_shown_as_text_with_its_line_marked(html):
    """In the message and in the listing."""
    assert "<script" not in html["eve"]
    assert '<mark class="named"><i>▸  3  </i>    raise ValueError' in html["eve"]
    assert "&lt;/pre&gt;&lt;/main&gt;&lt;script&gt;" in html["eve"]


def test_pages_can_speak_another_language_than_the_score(course):
    """Sentences, messages and hints; the points stay."""
    language.use("zh")
    (page,) = feedback(course, course.assignments[0], ["bob"]).pages
    text = learner_html(page)

    assert '<html lang="zh">' in text
    for part in ("3.5 / 4", "-2乘以3的结果是什么符号？", "结果的值不正确"):
        assert part in text
    assert "has wrong values" not in text


def test_the_command_writes_pages_and_whose_they_are(course, tmp_path):
    """With addresses from the roster; no spreadsheet reads one as a formula."""
    to = tmp_path / "mail"
    arguments = ["feedback", "warmup", "--to", str(to), "--format", "text", "--learner", "bob"]
    done = CliRunner().invoke(cli.main, [*arguments, "--course", str(course.root)])

    assert 0 == done.exit_code, done.output
    assert ["bob.txt", "index.csv"] == sorted(path.name for path in to.iterdir())
    rows = list(csv.DictReader((to / "index.csv").read_text("utf-8-sig").splitlines()))
    assert ("Bob Li", "'=bob@uni.example", "bob.txt") == (
        rows[0]["name"],
        rows[0]["email"],
        rows[0]["file"],
    )
    text = (to / "bob.txt").read_text("utf-8")
    assert "bob, Warm-up: 3.5 / 4 points" in text and "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 76
    assert (to / "bob.txt").stat().st_mode & 0o077 == 0


def test_work_that_is_gone_costs_only_its_own_page(course, tmp_path, monkeypatch):
    """It is named; the exit code says so."""

    def gone(course, assignment, report):
        raise UsageError("gone")

    monkeypatch.setattr("grader.grading.feedback.stored_submission", gone)
    arguments = ["feedback", "warmup", "--to", str(tmp_path), "--learner", "ada"]
    done = CliRunner().invoke(cli.main, [*arguments, "--course", str(course.root)])

    assert 1 == done.exit_code
    assert "ada has no page: gone" in done.output


def test_who_has_no_report_is_named(course):
    """A sentence, and no page."""
    with pytest.raises(UsageError, match="There is no report of zoe"):
        feedback(course, course.assignments[0], ["zoe"])


def test_file_names_are_safe_and_nobody_elses():
    """Whatever an id is: another script, a path, a device, another one in capitals."""
    learners = ["张三", "a/b", "a_b", "Ada", "ada", "../x", "nul", "é" * 300, "?"]
    names = file_names(learners)

    assert len({name.casefold() for name in names.values()}) == len(learners)
    assert names["张三"] == "张三" and names["a_b"] != names["a/b"]
    for name in names.values():
        assert not set(name) & set('/\\:*?"<>|') and not name.startswith(".")
        assert len(f"{name}.html".encode()) <= 255
