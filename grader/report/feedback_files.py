"""Feedback as files: a page for each learner, and a list of whose each is."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from rich.console import Console

from grader.submission.learner_names import safe

from .learner_html import learner_html
from .learner_page import LearnerPage, learner_view
from .markdown import to_markdown
from .safe_text import defused, one_line

Form = Literal["html", "markdown", "text"]

#: who sends a mail finds the file for each address here
INDEX = "index.csv"

#: of a name, so many characters: each has up to four bytes, of which a file's name has 255
_LONGEST = 48
#: what mail is wrapped to
_WIDTH = 76


def feedback_files(
    pages: Sequence[LearnerPage], form: Form, people: Mapping[str, tuple[str, str]]
) -> dict[str, bytes]:
    """Return the files of *pages* by name, with an index.

    Args:
        people: name and e-mail address by learner, as far as known.
    """
    ending, written = _FORMS[form]
    names = file_names([page.report.learner for page in pages])
    files = {}
    index = io.StringIO(newline="")
    rows = csv.writer(index)
    rows.writerow(["learner", "name", "email", "file"])
    for page in pages:
        learner = page.report.learner
        name = names[learner] + ending
        files[name] = written(page).encode()
        cells = [learner, *people.get(learner, ("", "")), name]
        rows.writerow([defused(one_line(cell)) for cell in cells])
    return {**files, INDEX: index.getvalue().encode("utf-8-sig")}


def file_names(learners: Iterable[str]) -> dict[str, str]:
    """Return a file name without ending for each of *learners*, one that every system accepts.

    Where it is not the learner's id itself, or differs from another one in case only, it ends in
    some digits, so that it is nobody else's.
    """
    bare = {learner: safe(learner)[:_LONGEST] for learner in learners}
    taken = Counter(name.casefold() for name in bare.values())
    return {
        learner: name
        if name == learner and taken[name.casefold()] == 1
        else "-".join(filter(None, [name, _digits(learner)]))
        for learner, name in bare.items()
    }


def _digits(learner: str) -> str:
    return hashlib.sha256(learner.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _markdown(page: LearnerPage) -> str:
    # what the isolation lacks is for the instructor
    isolation = replace(page.report.isolation, warning="")
    return to_markdown(replace(page.report, isolation=isolation), page.titles, page.title)


def _text(page: LearnerPage) -> str:
    screen = io.StringIO()
    console = Console(
        file=screen, width=_WIDTH, color_system=None, force_terminal=False, force_jupyter=False
    )
    console.print(learner_view(page))
    return "".join(f"{line.rstrip()}\n" for line in screen.getvalue().splitlines())


_FORMS: Mapping[Form, tuple[str, Callable[[LearnerPage], str]]] = {
    "html": (".html", learner_html),
    "markdown": (".md", _markdown),
    "text": (".txt", _text),
}
