from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submission.source_text import Rewritten, decode, rewritten

OLD = "# {}\ndef f():\n    return 1\ny = 2\n"
NEW = "# {}\ndef f():\n    pass\n    pass\ny = 2\n"


@pytest.mark.parametrize(
    ("encoding", "mark", "letters"),
    [
        ("utf-8", b"", "缩放é"),
        ("utf-8", codecs.BOM_UTF8, "缩放é"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "缩放é"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "缩放é"),
        ("gbk", b"", "缩放"),
        ("gb18030", b"", "缩放é𝑥"),
        ("cp1252", b"", "é “x”"),
        ("latin-1", b"", "é \x81 "),
        ("big5", b"", "coding: big5 縮放"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_keeps_its_encoding_and_its_line_ends(encoding, mark, letters, end):
    """Whatever they are."""
    old, new = (
        mark + text.format(letters).replace("\n", end).encode(encoding) for text in (OLD, NEW)
    )

    assert Rewritten(new) == rewritten(old, NEW.format(letters))
    assert NEW.format(letters) == decode(new)


def test_of_mixed_line_ends_those_of_other_lines_stay():
    """New lines have the usual one."""
    old = b"a\r\nb\rc\r\nd\ne"

    assert b"a\r\nb\rC\r\nD\r\nd\ne" == rewritten(old, "a\nb\nC\nD\nd\ne").data
    assert b"a\r\nb\rd\ne" == rewritten(old, "a\nb\nd\ne").data
    assert b"" == rewritten(old, "").data
    assert b"a\nb" == rewritten(b"", "a\nb").data


@given(st.lists(st.sampled_from(["", "a", "b"]), min_size=1), st.data())
def test_what_does_not_change_stays_byte_by_byte(lines, data):
    """However the lines end."""
    ends = st.sampled_from(["\n", "\r\n"])
    text = "".join(line + data.draw(ends) for line in lines).encode()

    assert text == rewritten(text, decode(text)).data


@pytest.mark.parametrize(
    ("encoding", "first", "declared"),
    [
        ("cp1252", "# é", "# é"),
        ("gbk", "# 缩放", "# 缩放"),
        ("big5", "# coding: big5 縮放", "# coding: utf-8 縮放"),
    ],
)
def test_what_lacks_a_character_becomes_utf_8_and_that_is_told(encoding, first, declared):
    """A declaration of the old encoding would be wrong now."""
    old = f"{first}\nx = 1\n".encode(encoding)
    changed = rewritten(old, f"{first}\nx = 'θ̂ ẑ'\n")

    assert f"{declared}\nx = 'θ̂ ẑ'\n".encode() == changed.data
    assert encoding.upper() == changed.lacking
