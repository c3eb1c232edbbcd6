from __future__ import annotations

import re
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from grader.exercise import Text
from grader.report.audit_page import (
    AnswerLine,
    AssignmentPage,
    CheckLine,
    ExercisePart,
    FindingLine,
    MistakeLine,
    MutantLine,
    MutantsPart,
    assignment_page,
    index_page,
)

WORDS = Text("<script>&", "中文")
CHECKS = [
    CheckLine("test_values", WORDS, Fraction(1), hidden=False),
    CheckLine("test_idle", WORDS, Fraction(1, 2), hidden=True, chances=1),
]


def page(**changes):
    """Return an assignment of one exercise."""
    exercise = {
        "name": "scale",
        "title": WORDS,
        "points": Fraction(3, 2),
        "checks": CHECKS,
        "mistakes": [
            MistakeLine("seen", WORDS, ("test_values",), ("test_values",)),
            MistakeLine("missed", WORDS, (), ("test_values",)),
        ],
        "variants": [AnswerLine("loops", ()), AnswerLine("wrong", ("test_values",))],
        "wrong_answers": [
            AnswerLine("returns None", ("test_values", "test_idle")),
            AnswerLine("is in half precision", (), "Nobody <asks>."),
            AnswerLine("has zeros for values", ()),
        ],
        **changes,
    }
    return AssignmentPage("warmup", WORDS, [ExercisePart(**exercise)], [])


class Tags(HTMLParser):
    """Notes tags that are not closed in order, and every address."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong, self.addresses, self.names = [], [], [], set()

    def handle_starttag(self, tag, attrs):
        """Note a tag that must be closed, and what it refers to."""
        self.names.add(tag)
        self.addresses += [value for name, value in attrs if name in ("href", "src")]
        if tag not in ("meta", "br", "wbr", "link", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Close the innermost tag."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


MUTANTS = MutantsPart(3, 1, [MutantLine(4, "- a < b")], [MutantLine(5, "+ c", "It <is>.")])


@pytest.mark.parametrize(
    "text",
    [
        assignment_page(page()),
        assignment_page(page(mutants=MUTANTS, tolerances={"float32": 1e-6})),
        assignment_page(page(mistakes=[], variants=[], wrong_answers=[], checks=[])),
        index_page(WORDS, [page(mutants=MUTANTS)], [FindingLine("a.py:1", "<is> stale")]),
        index_page(WORDS, [], []),
    ],
)
def test_a_page_is_whole_and_stands_alone(text):
    """Tags close in order; no script, nothing from elsewhere, nothing of an author's is markup."""
    tags = Tags()
    tags.feed(text)

    assert (tags.open, tags.wrong) == ([], [])
    assert tags.names & {"script", "link", "img", "iframe"} == set()
    assert [a for a in tags.addresses if not re.fullmatch(r"(\w+\.html)?(#\w+)?", a)] == []
    assert "<script" not in text and "<is>" not in text and "<asks>" not in text
    assert "prefers-color-scheme: dark" in text


def test_what_is_wrong_stands_out():
    """A mistake caught by nothing, a check that catches nothing, wrong answers and variants."""
    text = assignment_page(page())

    assert re.search(r'<summary class="name bad"[^>]*>missed<', text)
    assert re.search(r'<summary class="name"[^>]*>seen<', text)
    assert re.search(r'class="[^"]*idle">0<', text)
    assert '<span class="bad">idle</span>' in text
    assert '<li class="bad" title="fails test_values">' in text
    assert text.count('<span class="bad">nothing</span>') == 1
    assert "nothing: Nobody &lt;asks&gt;." in text


def test_a_cell_says_what_it_shows():
    """For those who do not see the colour."""
    text = assignment_page(page())
    cells = re.findall(r'<td class="([^"]*)"\s+title="([^"]*)"', text)

    assert cells == [
        ("alone", "test_values catches seen"),
        ("hidden-first ", "test_idle passes seen"),
        (" wrong", "test_values passes missed, and should not"),
        ("hidden-first ", "test_idle passes missed"),
    ]


def test_findings_come_first():
    """Above everything else; a page without any says so."""
    one = page()
    bad = AssignmentPage(one.name, one.title, one.exercises, [FindingLine("", "Mend me.")])

    assert "No findings." in assignment_page(one)
    text = assignment_page(bad)
    assert "No findings." not in text
    assert text.index("Mend me.") < text.index("What the checks catch")


def test_chances_are_put_in_words():
    """In the singular, too."""
    text = assignment_page(page())

    assert "1 test of chance: a right answer fails one at most 1 × 10<sup>−9</sup>" in text
    assert text.count("of chance") == 1


def test_one_of_a_kind_is_in_the_singular():
    """Also one and a half points are several."""
    text = assignment_page(page())

    assert "<b>1</b> exercise</li>" in text
    assert "<b>1.5</b> points</li>" in text
    assert '<li class="good"><b>0</b> findings</li>' in text
