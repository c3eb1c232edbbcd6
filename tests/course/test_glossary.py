"""The course's texts use the terms of docs/glossary.md, in Chinese as in English."""

from __future__ import annotations

import re

import pytest

from .bilingual_texts import ROOT, pairs

GLOSSARY = ROOT / "docs" / "glossary.md"

#: what names code or is a formula; and words that are no term
_SILENT = re.compile(
    r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|\{[^}]*\}"
    r"|\bfor example\b|\bin place of\b|\b(?:left|back) in place\b",
    re.DOTALL,
)
_WRAPPED = re.compile("(?<=[\u4e00-\u9fff])\\s*\\n\\s*(?=[\u4e00-\u9fff])")
_SECTION = re.compile(r"\d+\.\d+|–")


def rows(text: str) -> list[tuple[list[str], list[str], list[str], str]]:
    """Return the forms of each term, its translations, what is not said, and its section."""
    table = [line.strip("| \n").split("|") for line in text.splitlines() if line.startswith("| ")]
    found = []
    for english, chinese, never, section in table[1:]:
        forms = [form.strip() for form in english.split(",")]
        others = (
            [part.strip() for part in cell.split("、") if part.strip()] for cell in (chinese, never)
        )
        found.append((forms, *others, section.strip()))
    return found


TERMS = rows(GLOSSARY.read_text(encoding="utf-8"))
#: the longest first: batch normalization is no batch
_FORMS = sorted(
    ((form, chinese) for forms, chinese, _never, _section in TERMS for form in forms),
    key=lambda pair: -len(pair[0]),
)


def faults(english: str, chinese: str) -> list[str]:
    """Return the terms of *english* that *chinese* lacks, and the words that it must not use."""
    text, chinese, found = _SILENT.sub(" ", english), _WRAPPED.sub("", chinese), []
    for form, translations in _FORMS:
        words = r"[-\s]+".join(map(re.escape, re.split(r"[-\s]", form)))
        text, times = re.subn(
            rf"(?<![\w.])(?:{words})s?(?![\w(=]|\.\w)", " ", text, flags=re.IGNORECASE
        )
        if times and not any(one in chinese for one in translations):
            found.append(f"{form} is not {' or '.join(translations)}")
    never = [word for _forms, _chinese, words, _section in TERMS for word in words]
    return found + [f"{word} is not in the glossary" for word in never if word in chinese]


# -- tests ---------------------------------------------------------------------------------------


def test_every_term_has_one_row():
    """In the order of the alphabet, with a translation and a section of the book."""
    firsts = [forms[0].lower() for forms, *_rest in TERMS]
    forms = [form for forms, *_rest in TERMS for form in forms]

    assert len(TERMS) > 80
    assert firsts == sorted(firsts)
    assert len(forms) == len(set(forms))
    assert all(chinese and _SECTION.fullmatch(section) for _f, chinese, _n, section in TERMS)


def test_nothing_is_both_said_and_not_said():
    """What one row refuses is in no translation of another."""
    never = [word for _forms, _chinese, words, _section in TERMS for word in words]
    said = [word for _forms, chinese, _never, _section in TERMS for word in chinese]

    assert [] == [(word, one) for word in never for one in said if word in one]


@pytest.mark.parametrize(
    ("english", "chinese", "fault"),
    [
        ("The network *overfits*.", "网络*欠拟合*了。", "overfits is not 过拟合"),
        ("It under-\nfits. Underfitting", "过拟合", "underfitting is not 欠拟合"),
        ("Is the pooling layer's window right?", "池化层的窗口对吗？", "pooling is not 汇聚"),
        ("What is kept?", "池化保留了什么？", "池化 is not in the glossary"),
        ("minibatches of batch normalization", "小批量的归一化", "batch normalization is not"),
        ("Learning\nrates differ.", "学习速度不同。", "learning rate is not 学习率"),
    ],
)
def test_a_wrong_term_is_found(english, chinese, fault):
    """Whether it is missing or another word stands for it, such as the opposite."""
    assert any(fault in one for one in faults(english, chinese))


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("The network overfits; max-pooling, too.", "网络过拟合，最大汇聚也是如此。"),
        ("`dropout(x)` and $loss$, dropout_backward(dout), pooling.shape, stride=2", "没有术语"),
        ("For example, {weight} is added.", "例如加上{weight}。"),
    ],
)
def test_the_right_term_and_code_are_not(english, chinese):
    """Names of code, formulas and placeholders are no words."""
    assert faults(english, chinese) == []


def test_all_texts_use_the_terms_of_the_glossary():
    """Statements, prose, stories, titles, hints, checks and messages."""
    found = [
        (place, fault, chinese) for place, en, chinese in pairs() for fault in faults(en, chinese)
    ]

    assert found == []


def test_documents_in_chinese_use_no_other_terms():
    """Nor do the starters, in which they are said in the words of a framework."""
    texts = [*ROOT.glob("*.zh.md"), *(ROOT / "docs").glob("*.zh.md")]
    texts += (ROOT / "assignments").glob("**/zh/*.py")

    assert texts
    assert [] == [
        (path, one) for path in texts for one in faults("", path.read_text(encoding="utf-8"))
    ]
