"""The Chinese of the course says what its English says, and is not left behind by it.

That no text lacks its translation is seen where texts are read: test_source.py, test_catalogue.py
and test_mistakes.py say what is refused, tests/test_language.py looks at checks and messages.
"""

from __future__ import annotations

import re

import pytest

from .bilingual_texts import course_pairs, digests, recorded

#: words in formulas differ from language to language
_WORDS = re.compile(r"\\(?:text|mathrm)\{[^{}]*\}")
_DISPLAYED = re.compile(r"\$\$(.*?)\$\$", re.DOTALL)
_INLINE = re.compile(r"\$([^$]*)\$")
_CODE = re.compile(r"`([^`]+)`")
_SPACE = re.compile(r"[\s.,;，。；]|\\(?:quad|qquad|[,;])")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
#: what one language may say in words, and the other in digits
_SMALL = {"0", "1", "2", "3"}


def parts(text: str) -> tuple[set[str], set[str], set[str]]:
    """Return the code, the formulas without space and words, and the numbers beside in *text*."""
    code, text = _CODE.findall(text), _CODE.sub(" ", text)
    displayed, text = _DISPLAYED.findall(text), _DISPLAYED.sub(" ", text)
    inline, text = _INLINE.findall(text), _INLINE.sub(" ", text)
    formulas = {_SPACE.sub("", _WORDS.sub("", one)) for one in (*displayed, *inline)}
    return {"".join(one.split()) for one in code}, formulas, set(_NUMBER.findall(text))


def differences(english: str, chinese: str) -> set[str]:
    """Return the code that only the English has, and formulas and numbers that only one has.

    The Chinese may name in code, or set as a formula, what the English says in words.
    """
    (code, formulas, numbers), (names, theirs, figures) = parts(english), parts(chinese)
    anywhere = _SPACE.sub("", english)
    more = {one for one in theirs - formulas if one not in anywhere}
    exact = "".join((code | formulas) & (names | theirs))
    other = {one for one in (numbers ^ figures) - _SMALL if one not in exact}
    return (code | formulas) - names - theirs | more | other


@pytest.mark.parametrize(
    ("english", "chinese", "missing"),
    [
        ("It is `(n, d)`.", "形状为`(n, k)`。", {"(n,d)"}),
        ("$$x^2 + 1.$$", "$$x^2 - 1$$", {"x^2+1", "x^2-1"}),
        ("at least 30 or $a$", "至少20或$a$", {"30", "20"}),
        ("`p` and `q`", "`p`", {"q"}),
    ],
)
def test_a_difference_is_found(english, chinese, missing):
    """Of code, of a formula, of a number."""
    assert differences(english, chinese) == missing


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("$$a, \\quad b \\text{ if } c.$$", "$$a, b \\text{如果} c,$$"),
        ("Eps stands under two roots.", "`eps`在2个根号里面。"),
        ("`(n,\n d)`", "`(n, d)`"),
    ],
)
def test_words_and_line_breaks_make_no_difference(english, chinese):
    """Nor does a name that only one language sets as code."""
    assert differences(english, chinese) == set()


def test_code_formulas_and_numbers_agree():
    """In every statement, story, title, hint and check."""
    found = [(place, chinese, differences(en, chinese)) for place, en, chinese in course_pairs()]

    assert [one for one in found if one[2]] == []


def test_no_translation_is_older_than_its_text():
    """Translate anew; if the Chinese is right: python -m tests.course.bilingual_texts."""
    known = recorded()
    texts = {
        digests(english, chinese): (place, english) for place, english, chinese in course_pairs()
    }
    # One Chinese text may translate two that are much alike: what it translated stands as it did.
    right = {chinese for chinese, _english in known & texts.keys()}
    left_behind = {chinese for chinese, _english in known} - right
    stale = [text for (chinese, _english), text in texts.items() if chinese in left_behind]

    assert stale == []


def test_the_record_of_translations_does_not_fade():
    """New texts may wait to be recorded, but not most of them."""
    known, texts = recorded(), course_pairs()
    new = [pair for pair in texts if digests(*pair[1:]) not in known]

    assert len(new) < len(texts) / 3
