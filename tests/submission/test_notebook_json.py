"""A notebook's cells are read alike at any size, and whatever its outputs hold."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import SubmissionError
from grader.submission import notebook_json
from grader.submission.notebook import chunks
from grader.submission.notebook_json import cells

#: values that Jupyter or a tool of its kind may put into an output
TEXT = st.text('aN\\"n-u{[\ud83d\ude00é ', max_size=6)
OUTPUT = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | TEXT | st.just("NaN -Infinity"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
SOURCE = TEXT | st.lists(TEXT | OUTPUT, max_size=3) | OUTPUT


@given(
    st.lists(st.tuples(st.sampled_from(["code", "raw", None]), SOURCE, OUTPUT), max_size=4),
    OUTPUT,
    st.booleans(),
    st.sampled_from([None, 1]),
)
def test_cells_are_those_that_python_reads(
    content: list[Any], metadata: Any, ascii_only: bool, indent: int | None
) -> None:
    """With NaN, infinities, halves of characters and anything else in outputs and sources."""
    parts = [{"cell_type": kind, "outputs": o, "source": s} for kind, s, o in content]
    text = json.dumps(
        {"metadata": metadata, "cells": parts}, ensure_ascii=ascii_only, indent=indent
    )
    if not ascii_only:
        text = text.encode("utf-8", "replace").decode()

    expected = [[one["cell_type"], one["source"]] for one in json.loads(text)["cells"]]
    found = [[cell.kind, cell.source] for cell in cells(text)]
    assert repr(found) == repr(replaced(expected))


def replaced(value: Any) -> Any:
    """Return *value* with each half of a character replaced, and no number that JSON lacks."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
    if isinstance(value, list):
        return [replaced(item) for item in value]
    if isinstance(value, dict):
        return {replaced(key): replaced(item) for key, item in value.items()}
    return value


def notebook(source: str, output: str, more: str = "") -> str:
    """Return the JSON of a notebook with one cell, from the JSON of its output."""
    cell = f'{{"cell_type": "code", "source": {json.dumps(source)}, "outputs": [{output}]{more}}}'
    return f'{{"nbformat": 4,\n "cells": [{cell}]}}'


@pytest.mark.parametrize(
    "output",
    [
        '{"loss": NaN, "range": [-Infinity, Infinity]}',
        r'"\ud83d", "\ude00 \ud83d\ude00 \\ud83d"',
        '"NaN", "-Infinity \\" NaN"',
        "[" * 50 + "]" * 50,
        "9" * 5000,
        "1e999",
    ],
)
@pytest.mark.parametrize("size", [0, 100_000])
def test_outputs_hide_no_code_at_any_size(
    output: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is large is read as what is small; only what is left without outputs is limited."""
    monkeypatch.setattr(notebook_json, "MAX_FILE", 1000)
    text = notebook("x = 1", f'{output}, "{"A" * size}"')

    assert [chunk.text for chunk in chunks(text)] == ["x = 1"]


def test_of_two_entries_the_last_counts() -> None:
    """As for Python's own parser; old notebooks call it the input."""
    twice = notebook("x = 1", "", ', "source": "y = 2", "input": "z = 3"')
    old = '{"worksheets": [3, {"cells": [{"cell_type": "code", "input": "z = 3"}]}, {"cells": 1}]}'

    assert [chunk.text for chunk in chunks(twice)] == ["y = 2"]
    assert [chunk.text for chunk in chunks(old)] == ["z = 3"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"cells": [\n{"cell_type": "code"', 2),
        ('{"cells": [\n\n1,]}', 3),
        ('{"a": NaN,\n"b": "é\\ud83d",\n"cells": nan}', 3),
        ('{"cells": []\n<<<<<<< HEAD\n,"a": 1\n}', 2),
    ],
)
def test_damage_is_reported_with_its_line(text: str, line: int) -> None:
    """Also where something else had to be replaced before."""
    with pytest.raises(SubmissionError, match=rf"damaged \(JSON error at line {line}\)"):
        list(cells(text))


def test_code_without_end_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """All cells together have a limit, without their outputs."""
    monkeypatch.setattr(notebook_json, "MAX_FILE", 20)
    with pytest.raises(SubmissionError, match="clear the outputs"):
        list(cells(notebook("x = 1" * 5, "")))


def test_two_bytes_make_no_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of millions of empty cells would need far more memory than it has bytes."""
    monkeypatch.setattr(notebook_json, "_MOST_COMMAS", 10)
    assert len(list(cells('{"cells": [' + "{}," * 9 + "{}]}"))) == 10
    with pytest.raises(SubmissionError, match="not a Jupyter notebook"):
        list(cells('{"cells": [' + "{}," * 11 + "{}]}"))


@pytest.mark.parametrize(
    "filling", ['"', '\\"', "\\", "NaN,", '"a",', "-", "N", "\\ud83d", '"\\\\', "I", "[", '{"a":']
)
def test_hostile_text_is_refused(filling: str) -> None:
    """In a time that grows with its length: with its square, this would take a day."""
    with pytest.raises(SubmissionError):
        list(cells('{"a": NaN, "cells": [' + filling * 300_000))
