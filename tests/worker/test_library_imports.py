"""Which libraries are imported before a learner's time runs, and that nothing of theirs is."""

from __future__ import annotations

import ast
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from grader.worker.library_imports import COMPILER, import_named, libraries_in
from grader.worker.local_modules import LocalModules

FILES = {
    "helper.py": b"import scipy.signal\nfrom deep import tool\nfrom helper import again",
    "deep/__init__.py": b"from .part import x",
    "deep/part.py": b"from json.decoder import JSONDecoder\nfrom . import other",
    "deep/other.py": b"import wave",
    "unused.py": b"import tensorflow",
    "broken.py": b"import (",
    "data.txt": b"import tensorflow",
}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("import scipy.signal as s, json", ["scipy.signal", "json"]),
        ("from scipy import signal", ["scipy", "scipy.signal"]),
        ("from scipy.special import *", ["scipy.special"]),
        ("def f():\n    if 0:\n        import wave", ["wave"]),
        ("try:\n    import jax\nexcept ImportError:\n    jax = None", ["jax"]),
        ("import helper", ["scipy.signal", "json.decoder", "json.decoder.JSONDecoder", "wave"]),
        ("from deep.other import y", ["json.decoder", "json.decoder.JSONDecoder", "wave"]),
        ("import broken\nfrom .missing import z", []),
        ("x = 1", []),
    ],
)
def test_libraries_are_found_wherever_they_are_imported(text: str, named: list[str]) -> None:
    """In functions, in branches, and in the learner's modules that are imported, and no others."""
    assert sorted(libraries_in([ast.parse(text)], FILES)) == sorted(named)


def test_what_needs_pytorchs_compiler_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """An optimizer imports it on first use, where PyTorch is loaded."""
    tree = ast.parse("def f(p): return torch.optim.SGD(p, lr=1)")
    monkeypatch.setitem(sys.modules, "torch", sys)
    assert libraries_in([tree], {}) == [COMPILER]

    monkeypatch.delitem(sys.modules, "torch")
    assert libraries_in([tree], {}) == []


def test_no_module_of_the_learners_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even one that is called like a module of Python's."""
    monkeypatch.syspath_prepend(tmp_path)
    files = {"wave.py": b"1 / 0", "mine.py": b"1 / 0"}
    for name, text in files.items():
        (tmp_path / name).write_bytes(text)
    monkeypatch.delitem(sys.modules, "this", raising=False)
    monkeypatch.delitem(sys.modules, "wave", raising=False)

    local = LocalModules(tmp_path, "", [])

    tree = ast.parse("import wave, mine, colorsys, no_such_library")
    import_named([tree], files, local.hidden())

    assert "colorsys" in sys.modules
    assert not {"wave", "mine", "no_such_library"} & set(sys.modules)
    assert sys.path[0] == str(tmp_path)


def test_a_name_that_a_library_defines_is_no_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for Python itself: a submodule of the same name does not take its place."""
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "__init__.py").write_text("def bar():\n    return 1\n")
    (tmp_path / "charts" / "bar.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)

    import_named([ast.parse("from charts import bar")], {}, nullcontext())

    assert "charts.bar" not in sys.modules
    assert sys.modules.pop("charts").bar() == 1
