"""A merge conflict that was submitted is called one, wherever it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import Raised, SubmissionError, Unwritten
from grader.exercise import Chunk
from grader.sandbox.fault_sentences import translate
from grader.submission.merge_conflict import conflict_sentence, line_of_conflict
from grader.submission.read import read_submission

CONFLICT = """\
<<<<<<< HEAD
    return 1
||||||| merged common ancestors
    return 0
=======
    return 2
>>>>>>> origin/main
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (CONFLICT, 1),
        (f"x = 1\n\ndef f():\n{CONFLICT}", 4),
        ("<<<<<<<\n=======\n>>>>>>>\n", 1),
        ("A heading\n=======\n", 0),
        (CONFLICT.replace("=======", "----"), 0),
        (CONFLICT.replace("<<<<<<<", "<<<<<<<<"), 0),
        (CONFLICT.replace(">>>>>>>", " >>>>>>>"), 0),
        ("<<<<<<< a\n" * 100_000 + "=======\n" * 100_000, 0),
    ],
)
def test_a_conflict_has_three_marks_in_their_order(text: str, line: int) -> None:
    """The line is that of the first; what only looks like a mark is none."""
    assert line_of_conflict(text) == line


def test_a_conflict_may_span_cells() -> None:
    """File and line, or cell and line, are those of the learner's file."""
    first, second = CONFLICT.split("=======")
    text = "import math\nx = 1\n" + first
    for label in ("a.py", "cell 2"):
        chunks = [Chunk(label, text, 3), Chunk(label, f"======={second}", 20)]

        assert conflict_sentence(chunks).startswith(f"{label}, line 5: this is a merge conflict")
    assert conflict_sentence([Chunk("a.py", "x = 1")]) == ""


def test_the_learner_is_told_of_the_conflict() -> None:
    """Where it may be why a check did not pass, also for hidden checks, and nowhere else."""
    chunks = [Chunk("a.py", f"def f():\n{CONFLICT}")]
    told = "\n  a.py, line 2: this is a merge conflict of Git. Keep one"
    faults = [
        {"kind": "missing", "message": "g"},
        {"kind": "syntax", "message": "invalid syntax", "where": [["a.py", 2, "", ""]]},
        {"kind": "raised", "type": "NameError", "message": "name 'f' is not defined"},
    ]
    for fault in faults:
        error = translate(fault, "f", chunks)

        assert isinstance(error, (Raised, Unwritten))
        assert told in str(error)
        assert told in error.headline
    other = {"kind": "raised", "type": "ValueError", "message": "no"}
    assert "conflict" not in str(translate(other, "f", chunks))


def test_a_notebook_that_git_merged_is_no_damaged_one(tmp_path: Path) -> None:
    """The line is named, and what to do."""
    path = tmp_path / "a.ipynb"
    marks = '<<<<<<< HEAD\n"a": 1,\n=======\n"a": 2,\n>>>>>>> theirs\n'
    path.write_text(f'{{"cells": [],\n{marks}"nbformat": 4}}')

    with pytest.raises(SubmissionError, match=r"a merge conflict of Git \(line 2\); keep one"):
        read_submission(path, "a")
