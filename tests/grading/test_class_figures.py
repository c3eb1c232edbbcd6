"""``gradproof class`` and ``items --mistakes``: the class, and the learners behind each figure."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.grading.class_figures import class_figures
from grader.outcome import Outcome
from grader.report.class_figures import distribution, over_time
from grader.report.class_html import class_html
from grader.scoring.results import Results
from grader.submission.files import File
from grader.submission.metadata import Metadata
from grader.submission.store import Store

from ..made_results import made_check, made_result
from ..report.test_audit_page import Tags
from ..warmup import made

HINT = "What sign does -2 times 3 have?"
RELATION = "Every value is 2 times the expected value."
#: by learner: the outcomes of a public and a hidden check, and hints
CLASS = {
    "ada": (Outcome.PASSED, Outcome.PASSED, ()),
    "bob": (Outcome.FAILED, Outcome.PASSED, ("Every value is −1 times …", HINT)),
    "cyd": (Outcome.FAILED, Outcome.PASSED, ("-2乘以3的结果是什么符号？",)),
    "dan": (Outcome.FAILED, Outcome.FAILED, (RELATION,)),
    "eve": (Outcome.FAILED, Outcome.FAILED, ()),
    "finn&amp": (Outcome.NOT_IMPLEMENTED, Outcome.NOT_IMPLEMENTED, ()),
    "gus": (Outcome.PASSED, Outcome.INTERNAL, ()),
}
START = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english():
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course with reports, submissions a day apart, and a roster that misses somebody."""
    course = made(tmp_path_factory.mktemp("class") / "course")
    results, store = Results(course.root / "results", "warmup"), Store(course.root / "submissions")
    rows = ["id,name,email,section", "zoe,Zoe Absent,,B"]
    for number, (learner, (public, hidden, hints)) in enumerate(CLASS.items()):
        checks = (
            made_check("scale.test_values", public, 2, hints=hints),
            made_check("scale.test_more", hidden, 2, hidden=True),
        )
        late = {"late_seconds": 60} if learner == "dan" else {}
        result = made_result(*checks, learner=learner, assignment="warmup", **late)
        results.write(result, "made", "")
        when = (START + timedelta(days=number)).isoformat()
        said = Metadata(submitted="" if learner == "ada" else when)
        store.add("warmup", learner, [File("work.py", b"#\n", 0.0)], "work.py", said)
        rows.append(f"{learner},<b>{learner.title()},,A")
    (course.root / "roster.csv").write_text("\n".join(rows) + "\n")
    return course


@pytest.fixture
def figures(course):
    """Return the figures of the class."""
    return class_figures(course, course.assignments[0])


def run(course, *words):
    """Run a command in the course."""
    return CliRunner().invoke(cli.main, [*words, "--course", str(course.root)])


def test_every_figure_names_its_learners(course):
    """As JSON: points, exercises, checks, mistakes, times, who is missing, who waits."""
    done = run(course, "class", "warmup", "--json")
    found = json.loads(done.stdout)

    assert 0 == done.exit_code and "gradproof/class/v1" == found["schema"]
    parts = {part["label"]: part["learners"] for part in found["exercises"][0]["parts"]}
    assert {
        "all points": ["ada"],
        "some points": ["bob", "cyd", "gus"],
        "no points": ["dan", "eve"],
        "not written": ["finn&amp"],
    } == parts
    hardest = found["checks"][0]
    assert ("test_values", 0.3333) == (hardest["name"], hardest["share"])
    assert ["bob", "cyd", "dan", "eve"] == hardest["not_passed"]
    assert ["zoe"] == found["missing"]
    assert ["dan"] == [one["learner"] for one in found["learners"] if one["late_seconds"]]
    waiting = {one["learner"]: one["waits_for"] for one in found["learners"] if one["waits_for"]}
    assert ["gus"] == list(waiting) and "broke on our side" in waiting["gus"][0]


def test_every_key_of_the_data_is_documented(course):
    """At the top, and of learners, exercises, checks and mistakes."""
    guide = (Path(__file__).parents[2] / "docs" / "report-format.md").read_text("utf-8")
    told = guide.partition("## A class as JSON")[2]
    found = json.loads(run(course, "class", "warmup", "--json").stdout)
    inner = ("learners", "exercises", "checks", "mistakes", "findings", "over_time")
    keys = {key for part in (found, *(found[name][0] for name in inner)) for key in part}

    assert [key for key in sorted(keys) if f"`{key}`" not in told] == []


def test_learners_with_the_same_mistake_stand_together(course):
    """By name, whatever language a report is in; others by what is wrong; the rest last."""
    made = json.loads(run(course, "items", "warmup", "--mistakes", "--json").stdout)["mistakes"]
    text = run(course, "items", "warmup", "--mistakes").stdout

    assert [
        (["size_only"], HINT, ["bob", "cyd"]),
        ([], RELATION, ["dan"]),
        ([], "", ["eve"]),
    ] == [(one["names"], one["sentence"], one["learners"]) for one in made]
    assert re.search(r"scale: size_only +learners: 2\n +bob, cyd\n +What sign", text)


def test_everybody_is_in_one_bar(figures):
    """Of the points, and of the times; those of the platform where it has said."""
    everybody = sorted(CLASS)

    for parts in (distribution(figures), over_time(figures)):
        assert everybody == sorted(who for part in parts for who in part.learners)
    assert [6] == [sum(one.by_platform for one in figures.members)]


def test_the_page_stands_alone_and_every_figure_leads_somewhere(course, tmp_path):
    """No script, nothing loaded, every address within the page or a learner's page."""
    pages, target = tmp_path / "pages", tmp_path / "out" / "class.html"
    pages.mkdir()
    (pages / "bob.html").write_text("")
    done = run(course, "class", "warmup", "--to", str(target), "--pages", str(pages))
    html = target.read_text("utf-8")
    tags = Tags()
    tags.feed(html)
    places = set(re.findall(r'id="([^"]+)"', html))

    assert 0 == done.exit_code and target.stat().st_mode & 0o077 == 0
    assert ([], []) == (tags.wrong, tags.open)
    assert not tags.names & {"script", "link", "img"}
    assert {"../pages/bob.html"} == {to for to in tags.addresses if not to.startswith("#")}
    assert {to[1:] for to in tags.addresses if to.startswith("#")} - {"close"} <= places
    assert "finn&amp;amp" in html and "&lt;b&gt;Bob" in html and "<b>Bob" not in html


def test_no_label_below_a_bar_is_cut_off(figures):
    """The last of many may begin too far right to be read."""
    for hours in range(8, 38):
        last = figures.members[-1]
        spread = replace(last, submitted=figures.members[0].submitted + timedelta(hours=hours))
        html = class_html(replace(figures, members=(figures.members[0], spread)))
        labels = re.findall(
            r'class="axis" x="([0-9.]+)" y="[0-9.]+" text-anchor="start">(.+?)<', html
        )

        assert labels
        assert all(float(x) + 6 * len(text) <= 720 for x, text in labels)


def test_the_page_speaks_chinese(course):
    """Headings and mistakes do; the sentences of checks are the report's."""
    language.use("zh")
    html = class_html(class_figures(course, course.assignments[0]))

    assert '<html lang="zh">' in html and "-2乘以3的结果是什么符号？" in html
    assert "Hardest checks" not in html


def test_a_page_needs_a_place(course):
    """Unless JSON is asked for."""
    done = run(course, "class", "warmup")

    assert 2 == done.exit_code and "--to FILE" in done.output
