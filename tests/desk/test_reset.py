from __future__ import annotations

import json
import os
from datetime import datetime

import pytest

from grader.desk.progress import Progress, remember
from grader.desk.reset import reset
from grader.errors import SubmissionError, UsageError
from grader.kit.kit import HOME, STARTER
from grader.kit.kit_check import check_kit
from grader.outcome import Outcome

NOW = datetime(2026, 11, 20, 15, 4, 5)


def test_a_function_is_put_back_and_the_rest_stays(kit):
    """In a module: the definition is the starter's, everything else the learner's."""
    path = kit.directory / "warmup.py"
    own = "import numpy as np\n\nK = 2\n\ndef scale(x, factor):\n    return K\n\n\nprint('mine')\n"
    path.write_text(own)
    restored = reset(kit, "scale", NOW, path)
    text = path.read_text()

    assert text.startswith("import numpy as np\n\nK = 2\n\ndef scale(x, factor):\n")
    assert "raise NotImplementedError" in text and "return K" not in text
    assert text.endswith("\n\n\nprint('mine')\n")
    assert restored.kept == kit.directory / HOME / "kept/warmup-20261120-150405.py"
    assert own == restored.kept.read_text()


def test_every_copy_is_kept(kit):
    """Also of two that are made in the same second."""
    path = kit.directory / "warmup.py"
    copies = []
    for own in ("def scale(x, factor):\n    return 1\n", "def scale(x, factor):\n    return 2\n"):
        path.write_text(own)
        copies.append((own, reset(kit, "scale", NOW, path).kept))

    assert [own for own, _kept in copies] == [kept.read_text() for _own, kept in copies]


@pytest.mark.parametrize(
    "source", ["def scale(x, factor)\n  retrun (", "%time\ndef scale(x): pass"]
)
def test_a_notebooks_cell_is_put_back(kit, source):
    """Also when Python cannot read it; outputs of the learner's go."""
    path = kit.directory / "warmup.ipynb"
    fresh = json.loads(path.read_text("utf-8"))
    notebook = json.loads(path.read_text("utf-8"))
    (cell,) = [c for c in notebook["cells"] if c["id"] == "scale-code"]
    cell["source"] = source
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1"}]
    path.write_text(json.dumps(notebook), "utf-8")
    reset(kit, "scale", NOW, path)
    after = json.loads(path.read_text("utf-8"))
    (cell,) = [c for c in after["cells"] if c["id"] == "scale-code"]

    assert "NotImplementedError" in "".join(cell["source"]) and [] == cell["outputs"]
    assert len(fresh["cells"]) == len(after["cells"])
    assert [Outcome.NOT_IMPLEMENTED] * 2 == [c.outcome for c in check_kit(kit, file=path).checks]


@pytest.mark.parametrize("name", ["warmup.py", "warmup.ipynb"])
def test_a_cell_that_is_gone_comes_back_at_the_end(kit, name):
    """Whoever deleted it has it again."""
    path = kit.directory / name
    if name.endswith(".py"):
        path.write_text("x = 1\n")
    else:
        notebook = json.loads(path.read_text("utf-8"))
        notebook["cells"] = [c for c in notebook["cells"] if c["id"] != "scale-code"]
        path.write_text(json.dumps(notebook), "utf-8")
    reset(kit, "scale", NOW, path)

    assert [Outcome.NOT_IMPLEMENTED] * 2 == [c.outcome for c in check_kit(kit, file=path).checks]


@pytest.mark.parametrize(
    "own",
    [
        "@np.vectorize\ndef scale(x, factor):\n    return x\n",
        "if K:\n    def scale(x, factor):\n        return x\nelse:\n    scale = None\n",
        "scale = lambda x, factor: (\n    x\n)\n",
        "class scale:\n    pass\n",
    ],
)
def test_however_it_is_written_all_of_it_goes(kit, own):
    """With its decorators and branches; lines of IPython's beside it stay as they were typed."""
    path = kit.directory / "warmup.py"
    above = "%matplotlib inline\nimport numpy as np\nK = 2\n"
    below = "!ls\n# %%\nscale(1, 2)\n"
    path.write_text(above + own + below)
    reset(kit, "scale", NOW, path)

    fresh = 'def scale(x, factor):\n    raise NotImplementedError("scale")\n'
    assert path.read_text() == f"{above}{fresh}{below}"


def test_a_result_of_the_same_name_is_not_put_back(kit):
    """What counts is the function, though a later cell gives its name another value."""
    path = kit.directory / "warmup.py"
    later = "# %%\nscale = largest([1, 2])\n"
    path.write_text("# %%\ndef scale(x, factor):\n    return x\n\n" + later)
    reset(kit, "scale", NOW, path)

    assert path.read_text().endswith(later)
    assert "return x\n" not in path.read_text()


@pytest.mark.parametrize(
    "text",
    [
        "def scale(x, factor):\n    return (\n\ndef shift(x):\n    return x\n",
        "if K:\n    def scale(x):\n        return x\n    def shift(x):\n        return x\n",
    ],
)
def test_nothing_is_lost_that_python_cannot_tell_apart(kit, text):
    """A broken cell, or one statement, that defines another exercise, too, stays as it is."""
    path = kit.directory / HOME / "kit.json"
    raw = json.loads(path.read_text("utf-8"))
    raw["exercises"].append(raw["exercises"][0] | {"name": "shift"})
    path.write_text(json.dumps(raw), "utf-8")
    both = type(kit).find(kit.directory)
    mine = kit.directory / "warmup.py"
    mine.write_text(text)
    before = mine.read_text()

    with pytest.raises(SubmissionError, match="shares a cell with shift"):
        reset(both, "scale", NOW, mine)
    assert before == mine.read_text()


def test_the_file_changed_last_is_meant_and_its_progress_forgotten(kit):
    """As with a check."""
    os.utime(kit.directory / "warmup.ipynb", (1, 1))
    path = kit.directory / "warmup.py"
    path.write_text("def scale(x, factor):\n    return x * factor\n")
    remember(kit, check_kit(kit), kit.read())
    assert Progress.of(kit).finished("scale")
    restored = reset(kit, "scale", NOW)

    assert path == restored.file
    assert not Progress.of(kit).finished("scale")


def test_what_cannot_be_put_back_is_refused(kit):
    """An exercise that is not there; a kit without its starter."""
    with pytest.raises(UsageError, match="no exercise scales"):
        reset(kit, "scales", NOW)
    with pytest.raises(UsageError, match="There is no file"):
        reset(kit, "scale", NOW, kit.directory / "gone.py")
    for path in (kit.directory / HOME / "starter").iterdir():
        path.unlink()
    with pytest.raises(UsageError, match="Unpack the kit again"):
        reset(kit, "scale", NOW)


@pytest.mark.parametrize(
    ("encoding", "own"), [("gbk", "缩放"), ("cp1252", "échelle"), ("utf-16", "缩放 échelle")]
)
def test_the_file_keeps_its_encoding_and_line_ends(kit, encoding, own):
    """An editor that reads it in its own encoding shows what it showed before."""
    path = kit.directory / "warmup.py"
    text = f"# {own}\r\n\r\ndef scale(x, factor):\r\n    return x\r\n"
    path.write_bytes(text.encode(encoding))
    restored = reset(kit, "scale", NOW, path)
    after = path.read_bytes().decode(encoding)

    assert after.startswith(f"# {own}\r\n\r\ndef scale(x, factor):\r\n    raise Not")
    assert after.count("\n") == after.count("\r\n")
    assert 1 == len(restored.told("copy"))


def test_an_encoding_that_lacks_the_starters_characters_is_told_of(kit):
    """Then the file is in UTF-8."""
    starter = kit.directory / HOME / STARTER / "warmup.py"
    fresh = starter.read_text("utf-8").replace(
        "NotImplementedError(", "NotImplementedError('缩放',"
    )
    starter.write_text(fresh, "utf-8")
    path = kit.directory / "warmup.py"
    path.write_bytes("# à côté\ndef scale(x, factor):\n    return x\n".encode("cp1252"))
    restored = reset(kit, "scale", NOW, path)

    assert "缩放" in path.read_text("utf-8")
    assert path.read_text("utf-8").startswith("# à côté\n")
    _copy, told = restored.told("copy")
    assert told.startswith("warmup.py is in UTF-8 now: its encoding, CP1252, lacks a character")
