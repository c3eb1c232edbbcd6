from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from grader.report.line_wrapping import Lines, cuts, wrapped


def shown(renderable, width):
    """Return the lines of *renderable* on a page of *width* cells."""
    page = io.StringIO()
    Console(file=page, width=width, force_terminal=False).print(renderable)
    return page.getvalue().split("\n")[:-1]


def parts(text, room):
    """Return *text* as it is cut, without the space that a line ends in."""
    ends = cuts(text, room)
    return [text[a:b].rstrip() for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("one two three", 8, ["one two", "three"]),
        ("结果的值不正确。", 8, ["结果的值", "不正确。"]),
        # no full stop opens a line, no bracket ends one
        ("结果的值。不正确", 8, ["结果的", "值。不正", "确"]),
        ("结果的（值）", 8, ["结果的", "（值）"]),
        # numbers and indices stay in one piece
        ("得到0.957249，应为0.1", 12, ["得到", "0.957249，应", "为0.1"]),
        ("At [1, 0]: got", 7, ["At", "[1, 0]:", "got"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("  a bc", 5, ["  a", "bc"]),
    ],
)
def test_lines_end_where_their_language_allows(text, room, expected):
    """At spaces in English, almost anywhere in Chinese; anywhere, if there is no such place."""
    assert expected == parts(text, room)


@given(st.text(alphabet="ab 1.,[]结果。，（）", max_size=60), st.integers(2, 20))
def test_nothing_is_left_out_and_everything_fits(text, room):
    """Whatever the text and the room; no line is empty because of a cut."""
    text = text.strip()
    lines = parts(text, room)

    assert text.replace(" ", "") == "".join(lines).replace(" ", "")
    assert all(cell_len(line) <= room for line in lines)
    assert all(lines) or not text


@pytest.mark.parametrize("width", [8, 12, 30, 80])
def test_a_narrow_terminal_shows_every_word(width):
    """In both languages, behind a mark."""
    said = "每个元素是其指数在所在行的指数之和中所占的比例。 Each entry is its share."
    lines = shown(Lines(Text(said), Text("  ✗ ")), width)

    assert said.replace(" ", "") == "".join(lines).replace(" ", "")[1:]
    assert all(cell_len(line) <= width for line in lines)


def test_further_lines_stand_under_the_first():
    """Behind the margin, and as far in as the text itself begins."""
    said = Text("softmax raised\n  In [1], line 2: return X.nothing")

    assert [
        "    softmax raised",
        "      In [1], line",
        "      2: return",
        "      X.nothing",
    ] == shown(Lines(said, margin=4), 20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Copy: /a/very/long/path.py of it", "Copy:\n/a/very/long/path.py\nof it"),
        ("  a bc def ghij", "  a bc\n  def\n  ghij"),
        ("结果的值不正确。", "结果的值\n不正确。"),
        ("one\n\ntwo", "one\n\ntwo"),
    ],
)
def test_a_word_longer_than_a_line_stays_whole(text, expected):
    """A path can be copied; everything else ends where its language allows."""
    assert expected == wrapped(text, 8)


def test_a_command_to_type_stands_in_one_line():
    """With its option."""
    said = "To submit that instead: gradproof submit --file warmup.ipynb"

    assert "To submit that instead:\ngradproof submit --file warmup.ipynb" == wrapped(said, 40)
