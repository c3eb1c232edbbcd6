from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

import pytest

from .contrast import FAINT

pytest.importorskip("notebook", reason="Jupyter Notebook is not installed")
expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

pytestmark = [pytest.mark.slow, pytest.mark.rare]

PICTURES = os.environ.get("GRADPROOF_SCREENSHOTS")
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
SHOWN = [("lab", "light", "en"), ("notebook", "dark", "en")]
if PICTURES:
    SHOWN = [
        (app, theme, language)
        for app in ("lab", "notebook")
        for theme in THEMES
        for language in ("en", "zh")
    ]

#: what a learner reads: of an untouched function, a wrong result, the fold, and what is in it
READ = {
    "en": ("softmax is not written yet.", "The result has wrong values.", "Hint", "axis 0"),
    "zh": ("softmax还没有写。", "结果的值不正确。", "提示", "轴0"),
}

WRONG = """\
def softmax(X):
    X_exp = torch.exp(X - X.max())
    return X_exp / X_exp.sum(0, keepdim=True)"""
RIGHT = """\
def softmax(X):
    X_exp = torch.exp(X - X.max(1, keepdim=True).values)
    return X_exp / X_exp.sum(1, keepdim=True)"""


def cell(page, code):
    """Return the first code cell that holds *code*."""
    return page.locator(".jp-CodeCell").filter(has_text=re.compile(re.escape(code))).first


def write(page, code):
    """Type *code* where ``softmax`` stands; run that cell and the one below it."""
    cell(page, "def softmax(X)").locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(code)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")


def run_all(page, report):
    """Run all cells; again if JupyterLab, still busy with its kernels, has lost them."""
    for _ in range(4):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        with contextlib.suppress(AssertionError):
            expect(report).to_be_visible(timeout=60_000)
            return


@pytest.mark.parametrize(("app", "theme", "language"), SHOWN)
def test_a_kits_notebook_turns_green(jupyter, page, app, theme, language):
    """Untouched, wrong, right: each is told below the exercise, the hint behind a fold."""
    unwritten, wrong, fold, hint = READ[language]

    def look(what):
        assert [] == report.evaluate(FAINT)
        if PICTURES:
            report.evaluate("element => element.scrollIntoView({block: 'center'})")
            page.screenshot(path=Path(PICTURES, f"{app}-{theme}-{language}-{what}.png"))

    jupyter.set("apputils-extension/themes", {"theme": THEMES[theme]})
    jupyter.start(page, language)
    page.goto(jupyter.address(app, language))
    report = cell(page, 'check("softmax")').locator(".gp")
    expect(page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")).to_be_visible()
    run_all(page, report)
    expect(report).to_contain_text(unwritten)
    look("untouched")

    write(page, WRONG)
    expect(report).to_contain_text(wrong)
    told = report.locator("details > div").first
    expect(told).to_be_hidden()
    report.get_by_text(fold, exact=True).first.click()
    expect(told).to_be_visible()
    expect(told).to_contain_text(hint)
    look("wrong")

    write(page, RIGHT)
    expect(report.locator(".ok").first).to_contain_text("5 / 5")
    expect(report.locator(".no")).to_have_count(0)
    look("right")
