from __future__ import annotations

import unicodedata
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from grader.adjustments import Override, PartialCredit, Penalty
from grader.outcome import (
    CheckResult,
    Isolation,
    Outcome,
    Result,
)
from grader.report.safe_text import (
    LONGEST,
    clean,
    clean_result,
    code_span,
    markdown_text,
    one_line,
)

from ..made_results import made_result, overridden

ANYTHING = st.text(st.characters(exclude_categories=()))
MARKUP = st.lists(
    st.sampled_from([*"`*_[]()<>#|~$&!-+=:.\\ \t\n", "1.", "a", "<b>", "http://a.b", "&lt;", "```"])
).map("".join)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("红\x1b[31;1mred\x1b[0m", "红red"),
        ("\x1b]0;a title\x07after", "after"),
        ("\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;never ended", "0;never ended"),
        ("\x1b\x1b[31m[31m", "\ufffd[31m"),
        ("a\x1bcb\x1b(Bc", "abc"),
        ("\x9b31m", "\ufffd31m"),
        ("nul \x00, bell \x07, del \x7f", "nul \ufffd, bell \ufffd, del \ufffd"),
        ("10%\r20%\r\n30%\u2028end", "10%\n20%\n30%\nend"),
        ("score \u202e001\u202c", "score \ufffd001\ufffd"),
        ("\ud83d and \udcff", "\ufffd and \ufffd"),
        ("a\u200bd\u2060a \u3164 so\xadft", "a\ufffdd\ufffda \ufffd so\ufffdft"),
        ("\tkept\n形状不对，应为 (3, 4)。👩\u200d🔬", "\tkept\n形状不对，应为 (3, 4)。👩\u200d🔬"),
    ],
)
def test_what_could_fool_a_reader_goes(text, shown):
    """Escapes vanish, other controls are marked, and ordinary text in any language stays."""
    assert shown == clean(text)


def test_long_text_is_cut_and_says_so():
    """A hundred kilobytes become four thousand characters at most."""
    text = clean("x" * 100_000)

    assert text == "x" * 3_900 + "\n… (96100 more characters are left out)"
    assert len(text) <= LONGEST
    assert clean("y" * LONGEST) == "y" * LONGEST


@pytest.mark.parametrize("unit", ["\x1b]", "\x1b[", "\x1b[0;", "\x1bP0", "\x90", "\r", "\x1b "])
def test_unended_escapes(unit):
    """A megabyte of escapes that begin and never end is cleaned, in time that grows no faster."""
    assert "\x1b" not in clean(unit * (1_000_000 // len(unit)))


@given(ANYTHING)
@example("\x1b" * 3 + "[[mm")
@example("z" * 4_001)
def test_clean_text_is_safe_and_stays(text):
    """Only newlines and tabs are left of the controls, and cleaning again changes nothing."""
    shown = clean(text)
    left = {c for c in shown if unicodedata.category(c) in ("Cc", "Cs")}

    assert left <= {"\n", "\t"}
    assert shown == clean(shown)


def test_one_line():
    """Whatever parts lines becomes a space."""
    assert one_line(" a\r\nb\t\u2029c\n") == "a b c"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("got (2, 3), expected (3,)", "got (2, 3), expected (3,)"),
        ("x_i * y_i", r"x\_i \* y\_i"),
        ("<script>&</script>", "&lt;script&gt;&amp;&lt;/script&gt;"),
        ("a | `b` | $c$", r"a \| \`b\` \| \$c\$"),
        ("~~gone~~", r"\~\~gone\~\~"),
        ("# big", r"\# big"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("![x](http://a) www.b", r"!\[x\](http:\//a) www\.b"),
        ("\x1b[31m\x00", "\ufffd"),
        ("a\nb", "```text\na\nb\n```"),
        ("a\n`````\n# b", "``````text\na\n`````\n# b\n``````"),
    ],
)
def test_markdown_is_shown_as_text(text, markdown):
    """One line is escaped, several are fenced by more backticks than any inside."""
    assert markdown == markdown_text(text)


class _Seen(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(ANYTHING | MARKUP)
def test_no_markup_comes_through(text):
    """A Markdown reader that allows HTML and tables sees plain text, and all of it."""
    shown = clean(text).strip("\n")
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    alone = _Seen(reader.render(markdown_text(text)))
    quoted = _Seen(reader.render(f"**Seen:** {markdown_text(text)}"))

    if "\n" in shown:
        assert ({"pre", "code"}, shown) == (alone.tags, alone.text.removesuffix("\n\n"))
    else:
        assert alone.tags <= {"p"}
        assert {"p", "strong"} == quoted.tags
        assert f"Seen: {shown.strip()}".strip() == quoted.text.strip()


@given(ANYTHING | MARKUP)
@example("`")
@example("a `` b")
def test_a_code_span_holds_any_line(text):
    """A Markdown reader that allows HTML sees one piece of code, and all of the line in it."""
    shown = one_line(text) or "x"
    reader = MarkdownIt("commonmark", {"html": True}).enable("strikethrough")
    seen = _Seen(reader.render(f"- Seen: {code_span(shown)}"))

    assert ({"ul", "li", "code"}, f"Seen: {shown}") == (seen.tags, seen.text.strip())


def with_every_text(text: str) -> Result:
    """Return a result in which every text is *text*."""
    third, one = Fraction(1, 3), Fraction(1)
    credit = PartialCredit(third, text)
    said = {"sentence": text, "message": text, "hints": (text,)}
    failed = CheckResult(text, text, Outcome.FAILED, one, credit=credit, **said)
    passed = CheckResult(text, text, Outcome.PASSED, one, through=text, **said)
    names = dict.fromkeys(["learner", "assignment", "submission", "digest", "framework"], text)
    isolation = Isolation(text, {text: True}, text)
    penalty = Penalty(one, text)
    made = made_result(failed, passed, isolation=isolation, notes=(text,), penalty=penalty, **names)
    return overridden(made, **{text: Override(one, text, text)})


def test_every_text_of_a_result_is_cleaned():
    """No field is forgotten, however deep."""
    assert with_every_text("\ufffd") == clean_result(with_every_text("\x1b[1m\x07"))
