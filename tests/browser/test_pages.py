"""The pages for learners and instructors in a real browser, without a line of script.

``GRADPROOF_SCREENSHOTS=DIR`` puts pictures of what was seen into *DIR*.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from grader import language
from grader.adjustments import Penalty
from grader.exercise import Mistake, Text
from grader.outcome import Outcome
from grader.report.class_figures import ClassFigures, Member
from grader.report.class_html import class_html
from grader.report.evidence import evidence_of
from grader.report.item_statistics import analyse
from grader.report.learner_html import learner_html
from grader.report.learner_page import Code, LearnerPage, ShownExercise, for_learner
from grader.report.mistakes_made import mistakes_made
from grader.sandbox.judged_call import Call
from grader.sandbox.proxy import Record

from ..made_results import made_check, made_result
from .contrast import FAINT

pytestmark = [pytest.mark.slow, pytest.mark.rare]

PICTURES = os.environ.get("GRADPROOF_SCREENSHOTS")
TITLES = {"softmax": Text("Softmax", "softmax运算")}
HINTS = ("Along which axis?", "What must sum to 1?")
EVIL = "</pre></main><script>document.body.remove()</script>"
#: nobody is there: the test answers itself
ADDRESS = "http://127.0.0.1:9/page.html"
SIZES = {"wide": (1100, 900), "phone": (360, 740)}
#: headings that leave out a level
SKIPPED = """
() => [...document.querySelectorAll("h1,h2,h3,h4")].map(h => +h.tagName[1])
  .filter((level, i, all) => i && level - all[i - 1] > 1)
"""


@pytest.fixture(autouse=True)
def english():
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


def learner_page():
    """Return a page with everything that one can have."""
    right = np.linspace(0, 1, 12).reshape(3, 4)
    record = Record("call", "softmax_grad", (right,), right**2 - 0.3)
    evidence = evidence_of([Call(record, (right, {}), wrong=True)])
    message = f"softmax raised ValueError: {EVIL}\n  work.py, line 2: raise ValueError"
    result = made_result(
        made_check("softmax.test_a", Outcome.PASSED, 2),
        made_check("softmax.test_b", Outcome.FAILED, 2, message=message, hints=HINTS),
        made_check("softmax.test_c", Outcome.FAILED, 1, message="Wrong values.", hidden=True),
        made_check("softmax.test_d", Outcome.BLOCKED, 1, message="Not checked."),
        made_check("unwritten_exercise_of_a_long_name.test_e", Outcome.NOT_IMPLEMENTED, 3),
        penalty=Penalty(Fraction(1, 2), "10 percent"),
        late_seconds=4000,
    )
    code = Code("work.py", 1, ("def softmax(X):", f"    raise ValueError('{EVIL}')", "    " * 40))
    shown = tuple(
        ShownExercise(one, TITLES.get(one.exercise), code if n == 0 else None)
        for n, one in enumerate(result.exercises)
    )
    seen = {("softmax", "test_b"): evidence}
    when = datetime(2026, 12, 1, tzinfo=UTC)
    return for_learner(LearnerPage(result, Text("A", "甲"), "w.py", when, shown, seen, TITLES))


def class_page():
    """Return the figures of a class of thirty."""
    hint = Text("Along which axis?", "沿哪个轴？")
    mistakes = [Mistake("softmax", "wrong_axis", "", "", (), hint)]
    members = []
    for number in range(30):
        outcome = (Outcome.PASSED, Outcome.FAILED, Outcome.NOT_IMPLEMENTED)[number % 3]
        hints = (hint.en,) if outcome is Outcome.FAILED else ()
        checks = [
            made_check("softmax.test_a", outcome, 2, hints=hints),
            made_check("softmax.test_b", Outcome.PASSED if number % 2 else outcome, 2),
        ]
        result = made_result(*checks, learner=f"s{number:02}")
        when = datetime(2026, 12, 1, tzinfo=UTC) + timedelta(hours=number)
        members.append(Member(result, f"Name {number}", "A", when, True))
    results = [member.result for member in members]
    return ClassFigures(
        *("basics", Text("Basics", "基础"), tuple(TITLES.items()), tuple(members)),
        *((("zoe", "Zoe"),), ("gone",), analyse("basics", results)),
        mistakes_made(results, mistakes),
    )


def show(page, html):
    """Open *html*, as a page that asks for nothing."""
    page.route(ADDRESS, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(ADDRESS)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("said", ["en", "zh"])
@pytest.mark.parametrize("kind", ["learner", "class"])
def test_a_page_can_be_read_anywhere(page, kind, said, theme, size):
    """Every text stands out, nothing is wider than the screen, no heading is left out."""
    language.use(said)
    html = learner_html(learner_page()) if kind == "learner" else class_html(class_page())
    width, height = SIZES[size]
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": height})
    show(page, html)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")

    assert [] == page.locator("body").evaluate(FAINT)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [] == page.evaluate(SKIPPED)
    assert 1 == page.get_by_role("main").count() == page.get_by_role("heading", level=1).count()
    if PICTURES:
        name = f"{kind}-{said}-{theme}-{size}.png"
        page.screenshot(path=Path(PICTURES, name), full_page=True)


def test_hints_unfold_one_by_one(page):
    """The second is behind the first; hostile code is text."""
    show(page, learner_html(learner_page()))
    first, second = (page.get_by_text(hint) for hint in HINTS)

    assert not first.is_visible()
    page.get_by_text("Hint (another one follows)").click()
    assert first.is_visible() and not second.is_visible()
    page.get_by_text("Hint", exact=True).click()
    assert second.is_visible()
    assert page.get_by_text("document.body.remove()").first.is_visible()


def test_a_figure_leads_to_its_learners_and_they_to_their_rows(page):
    """By the bars of a picture and by numbers, with the keyboard, too."""
    show(page, class_html(class_page()))
    page.get_by_role("link", name="0–10 %: 10 learners").focus()
    page.keyboard.press("Enter")
    found = page.locator(".who:target")

    assert "Points: 0–10 % (10)" in found.inner_text()
    found.get_by_role("link", name="s02", exact=True).click()
    assert "s02" in page.locator("tr:target").inner_text()
    assert 0 == found.count()
