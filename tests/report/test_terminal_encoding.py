from __future__ import annotations

import io

import pytest

from grader.report.outcome_text import MARKS
from grader.report.terminal_encoding import NEAREST, showable

SAID = "✓ ✗ · – … −1 “x” ██░ ×2 因"


def shown(text, encoding):
    """Return *text* as a terminal of *encoding* shows it."""
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding=encoding, errors=NEAREST) as stream:
        stream.write(text)
        stream.flush()
        return raw.getvalue().decode(encoding)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", SAID),
        ("gbk", "√ × · – … -1 “x” ██. ×2 因"),
        ("cp1252", "+ x · – … -1 “x” ##. ×2 ?"),
        ("ascii", '+ x . - . -1 "x" ##. x2 ?'),
    ],
)
def test_what_a_terminal_lacks_is_shown_by_what_is_like_it(encoding, expected):
    """As far as it has anything like it, in as many cells."""
    assert expected == shown(SAID, encoding)


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "cp437", "latin-1", "big5", "ascii"])
def test_marks_stay_different(encoding):
    """Passed and failed above all."""
    marks = {mark for mark, _style in MARKS.values()}

    assert len(marks) == len({shown(mark, encoding) for mark in marks})


def test_bytes_that_cannot_be_read_stay_an_error():
    """There is nothing like them."""
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", NEAREST)


@pytest.mark.parametrize(
    ("encoding", "expected"), [("utf-8", "zh"), ("gbk", "zh"), ("cp1252", "en"), (None, "zh")]
)
def test_chinese_is_spoken_where_it_can_be_read(encoding, expected):
    """Elsewhere English is, which every terminal has letters for."""
    assert (expected, "en") == (showable("zh", encoding), showable("en", encoding))
