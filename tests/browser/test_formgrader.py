from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from .conftest import ROOT, serve

pytest.importorskip(
    "nbgrader", reason='nbgrader is not installed: pip install "gradproof[nbgrader]"'
)
pytest.importorskip("torch", reason="PyTorch is not installed")
expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

pytestmark = [pytest.mark.slow, pytest.mark.rare]

TASK = "softmax_regression"
EXAMPLES = ROOT / "examples" / "class"
PICTURES = os.environ.get("GRADPROOF_SCREENSHOTS")
#: files and a folder, names with spaces, Chinese ones; with pictures, the whole example class
SOME = ("ada.py", "noether.py", "turing.ipynb", "Linus 作业.ipynb", "María José", "张伟.py")

#: formgrader fetches MathJax from elsewhere, and does not come to life without it
MATHJAX = "MathJax = {Hub: {Config() {}, Queue() {}, Startup: {signal: {Interest(f) {f('End')}}}}}"


def gradproof(*words: object) -> None:
    """Run the command line."""
    command = [sys.executable, str(ROOT / "cli.py"), "--lang", "en", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course whose class is scored into its gradebook."""
    folder = tmp_path_factory.mktemp("formgrader")
    (folder / "in").mkdir()
    for tree in ("assignments", "solutions", "autograder_tests"):
        shutil.copytree(ROOT / tree, folder / "course" / tree)
    for found in (EXAMPLES / TASK).glob("*/*"):
        if found.parent.name != "refused" and (PICTURES or found.name in SOME):
            copy = shutil.copytree if found.is_dir() else shutil.copy
            copy(found, folder / "in" / found.name)
    score(folder / "course", folder / "in")
    return folder / "course"


def score(course: Path, handed_in: Path) -> None:
    """Collect what was handed in, and score the class into its gradebook."""
    gradproof("collect", TASK, "--from", handed_in, "--course", course)
    gradproof("score", TASK, "--course", course, "--gradebook")


def points(course: Path) -> dict[str, str]:
    """Return everyone's points as grades.csv has them, and formgrader writes them."""
    with (course / "results" / TASK / "grades.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    return {row["learner"]: f"{row['score']} / {row['max_score']}" for row in rows}


class Formgrader:
    """Formgrader over a course, shown by a browser."""

    def __init__(self, page, server):
        self.page, self.server = page, server

    def go(self, place: str) -> None:
        """Open one of its pages."""
        self.page.goto(f"{self.server.url}formgrader/{place}?token={self.server.token}")

    def open(self, learner: str) -> None:
        """Open what *learner* handed in."""
        query = f"{TASK}/{TASK}?token={self.server.token}"
        address = f"{self.server.url}formgrader/api/submitted_notebooks/{query}"
        rows = self.page.request.get(address).json()
        (found,) = (row["id"] for row in rows if row["student"] == learner)
        self.go(f"submissions/{found}/")
        self.page.wait_for_function("formgrader.loaded && formgrader.comments.loaded")

    def rows(self) -> dict[str, list[str]]:
        """Return the table's rows by their second cell, once it is there."""
        expect(self.page.locator("tbody")).to_contain_text(" / ")
        rows = self.page.locator("tbody tr").all()
        cells = [[cell.strip() for cell in row.locator("td").all_inner_texts()] for row in rows]
        return {row[1]: row for row in cells}

    def picture(self, name: str) -> None:
        """Keep what is seen, if pictures are wanted."""
        if PICTURES:
            path = Path(PICTURES) / f"formgrader-{name}.png"
            self.page.screenshot(path=path, full_page=True)


@contextmanager
def formgrader(browser, course, home):
    """Show formgrader over *course* by a server of its own; nothing on a page may go wrong."""
    wrong = []
    home.mkdir(exist_ok=True)
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    context.route(re.compile("mathjax"), lambda route: route.fulfill(body=MATHJAX))
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    with serve(home, course) as server:
        shown = Formgrader(page, server)
        shown.go("manage_assignments")
        yield shown
    context.close()

    assert [] == wrong


@pytest.fixture(scope="module")
def seen(browser, course, tmp_path_factory):
    """Show formgrader over the class as it was first scored."""
    with formgrader(browser, course, tmp_path_factory.mktemp("first")) as shown:
        yield shown


def test_the_class_is_listed_with_its_scores(seen, course):
    """Every list of formgrader has the class, everyone with the points of grades.csv."""
    expected = points(course)
    seen.go("manage_assignments")
    expect(seen.page.locator("tbody tr", has_text=TASK)).to_contain_text(str(len(expected)))
    seen.picture("assignments")
    seen.go(f"manage_submissions/{TASK}")
    found = seen.rows()
    seen.picture("submissions")
    seen.go(f"gradebook/{TASK}/{TASK}")
    anonymous = seen.rows()
    seen.picture("manual-grading")

    assert expected == {learner: row[4] for learner, row in found.items()}
    assert {"graded"} == {row[3] for row in found.values()}
    assert sorted(expected.values()) == sorted(row[2] for row in anonymous.values())


def test_a_submission_shows_code_points_and_feedback(seen):
    """Each exercise has the learner's code, a comment that fits its box, points and the report."""
    for learner in ("Linus 作业", "turing", "张伟") if PICTURES else ():
        seen.open(learner)
        seen.picture(learner)
    seen.open("noether")
    page, box = seen.page, seen.page.locator("#softmax-solution-comment")
    comment = box.get_attribute("placeholder")
    seen.picture("noether")

    expect(page.locator("body")).to_contain_text("E = torch.exp(X)")
    expect(page.locator("#softmax")).to_have_attribute("placeholder", "5")
    expect(page.locator("h4", has_text="Softmax: 5 / 9 points")).to_be_visible()
    expect(page.get_by_text("Score: 10 / 10")).to_be_visible()
    for exercise in ("log_softmax", "cross_entropy", "softmax_cross_entropy_gradient"):
        expect(page.locator(f"#{exercise}-solution-comment")).to_be_visible()
    assert comment.startswith("Softmax: 5 / 9 points\n- ✗ Logits near 1000")
    assert "Hint:" in comment
    assert box.evaluate("box => box.scrollHeight <= box.clientHeight")


def test_points_given_by_hand_survive_another_scoring(seen, browser, course, tmp_path):
    """What a person typed stays; if the submission has changed, a person is asked to look again."""
    from nbgrader.api import Gradebook

    seen.open("张伟")
    typed(seen.page, "#cross_entropy", "4.5")
    typed(seen.page, "#cross_entropy-solution-comment", "Nearly.")
    seen.picture("by-hand")
    gradproof("score", TASK, "--course", course, "--gradebook")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        grade = book.find_grade("cross_entropy", TASK, TASK, "张伟")
        after = grade.auto_score, grade.manual_score, grade.needs_manual_grade
    (tmp_path / "in").mkdir()
    shutil.copy(EXAMPLES / TASK / "accepted" / "ada.py", tmp_path / "in" / "张伟.py")
    score(course, tmp_path / "in")

    assert (0, 4.5, False) == after
    assert "33 / 58" == points(course)["张伟"]
    # one that is running shows what it has read before
    with formgrader(browser, course, tmp_path / "home") as again:
        again.open("张伟")
        again.picture("again")
        field = again.page.locator("#cross_entropy.needs_manual_grade")

        expect(field).to_have_value("4.5")
        expect(field).to_have_attribute("placeholder", "6")
        expect(again.page.locator("#cross_entropy-solution-comment")).to_have_value("Nearly.")
        again.go(f"manage_submissions/{TASK}")
        assert ["needs manual grading", "31.5 / 58"] == again.rows()["张伟"][3:5]


def typed(page, place: str, text: str) -> None:
    """Type *text* into the field at *place*, and wait until it is saved."""
    with page.expect_response(lambda answer: "PUT" == answer.request.method):
        page.locator(place).fill(text)
        page.keyboard.press("Tab")
