"""Which file of a submission is the work, exercise by exercise."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.exercise import Submission
from grader.submission.read import read_submission
from grader.submission.slot import Slot

STARTER = 'import numpy as np\n\n\ndef scale(x, factor):\n    raise NotImplementedError("scale")\n'
GIVEN = "def shift(x):\n    for row in x:\n        raise NotImplementedError\n    return x\n"
WORK = "def scale(x, factor):\n    return x * factor\n"
OTHER = "def scale(x, factor):\n    return factor * x\n"
SLOT = Slot.of(
    "warmup",
    ["scale", "shift"],
    [STARTER, GIVEN],
    {"algebra": ("solve", "invert"), "shapes": ("area",)},
)


def notebook(*cells: str) -> str:
    """Return a notebook with code cells."""
    made = [{"cell_type": "code", "source": cell} for cell in cells]
    return json.dumps({"cells": made, "nbformat": 4})


def read(folder: Path, files: dict[str, str]) -> Submission:
    """Return the submission of *files*, each a second older than the one before it."""
    for age, (name, text) in enumerate(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    return read_submission(folder, "warmup", slot=SLOT)


def taken(folder: Path, files: dict[str, str], exercise: str = "scale") -> str:
    """Return the file that an exercise of *files* is taken from; of the first files the newest."""
    return read(folder, files).sources[exercise].file


@pytest.mark.parametrize(
    "files",
    [
        {"warmup.py": STARTER, "my work.py": WORK},
        {"warmup.ipynb": notebook(STARTER), "warmup (1).ipynb": notebook(WORK)},
        {"conftest.py": "import pytest", "setup.py": "import setuptools", "src/warmup.py": WORK},
        {"warmup.py": "# see the notebook\nx = 1", "final.ipynb": notebook("x = 1", WORK)},
        {"test_scale.py": "def scale(x): return x", "hw.py": WORK},
        {"warmup.py": STARTER, "deep/er/part.py": WORK},
        {"warmup.py": "scale = 2.0", "part.py": WORK},
        {"warmup.py": "scale = evaluate(net)", "part.py": WORK},
        {
            "warmup.py": "from elsewhere import scale",
            "part.ipynb": notebook(STARTER, WORK),
            "b.py": "",
        },
    ],
    ids=lambda files: ", ".join(files),
)
def test_the_file_with_the_work_counts(files: dict[str, str], tmp_path: Path) -> None:
    """Neither a name nor a place nor a date makes a file count that does not hold the work."""
    assert taken(tmp_path, files) == next(n for n, text in files.items() if "x * factor" in text)


@pytest.mark.parametrize(
    ("files", "file"),
    [
        ({"a.py": WORK, "warmup.py": OTHER}, "warmup.py"),
        ({"a.py": WORK, "ada_warmup.py": OTHER}, "ada_warmup.py"),
        ({"warmup (1).ipynb": notebook(WORK), "warmup.ipynb": notebook(OTHER)}, "warmup (1).ipynb"),
        ({"Copy of warmup.py": WORK, "warmup.py": OTHER}, "Copy of warmup.py"),
        ({"warmup.py": WORK, "warmup.ipynb": notebook(OTHER)}, "warmup.py"),
        ({"new/a.py": WORK, "b.py": OTHER}, "new/a.py"),
        ({"warmup.py": "def scale(x, factor:\n    return x\n", "old.py": OTHER}, "old.py"),
        ({"utils.py": WORK, "hw.py": "from utils import scale as old\n" + OTHER}, "hw.py"),
        ({"utils.py": WORK, "ada_warmup.py": OTHER, "hw.py": "import utils"}, "ada_warmup.py"),
        ({"ada_warmup.py": WORK, "hw.py": f"import ada_warmup\n{OTHER}"}, "ada_warmup.py"),
    ],
)
def test_of_several_written_definitions_name_then_date_decide(
    files: dict[str, str], file: str, tmp_path: Path
) -> None:
    """A copy has the assignment's name, too; and what others import is a helper of theirs."""
    assert taken(tmp_path, files) == file


def test_a_definition_in_an_untouched_starter_is_known_however_it_is_written(
    tmp_path: Path,
) -> None:
    """What the starter gives beside the gap, comments and docstrings make it no work."""
    given = GIVEN.replace("    for", '    """Shift."""\n    # here\n    for')
    files = {"warmup.py": given, "part.py": "def shift(x):\n    return x + 1\n"}

    assert taken(tmp_path, files, "shift") == "part.py"
    assert read(tmp_path, {"warmup.py": given, "part.py": ""}).sources["shift"].state == "blank"


def test_exercises_of_several_files_all_count(tmp_path: Path) -> None:
    """Each is read with its own file: its cells, the modules beside it, its framework."""
    files = {
        "part1.py": f"import torch\n{WORK}",
        "two/part2.ipynb": notebook("import helper", "def shift(x):\n    return helper.f(x)"),
        "two/helper.py": "def f(x): return x",
    }

    whole = read(tmp_path, files)

    assert {name: source.file for name, source in whole.sources.items()} == {
        "scale": "part1.py",
        "shift": "two/part2.ipynb",
    }
    assert whole.sources["shift"].cell == "cell 2"
    assert [whole.holding(name).framework for name in ("scale", "shift")] == ["torch", "numpy"]
    assert whole.holding("shift").folder == "two"
    assert ("two/helper.py", b"def f(x): return x") in whole.holding("shift").files
    assert whole.holding("scale").chunks[0].text.startswith("import torch")


def test_other_definitions_are_named(tmp_path: Path) -> None:
    """Where, whether they are written, and whether they are the same; written ones are rivals."""
    files = {"warmup.py": WORK, "a.py": f"# a copy\n{WORK}", "b.py": OTHER, "c.py": STARTER}

    whole = read(tmp_path, files)

    others = whole.sources["scale"].others
    assert [(other.file, other.state, other.same) for other in others] == [
        ("a.py", "written", True),
        ("b.py", "written", False),
        ("c.py", "blank", False),
    ]
    assert {file: names for file, (_read, names) in whole.rivals.items()} == {
        "a.py": {"scale"},
        "b.py": {"scale"},
    }


def test_what_is_imported_from_a_module_of_ones_own_is_taken_where_it_is_imported(
    tmp_path: Path,
) -> None:
    """The module may need the package around it."""
    files = {"warmup.py": "from core.scaling import scale", "core/scaling.py": WORK}

    assert taken(tmp_path, files) == "warmup.py"
    files["warmup.py"] += f"\n{STARTER}"
    assert taken(tmp_path, files) == "core/scaling.py"


@pytest.mark.parametrize(
    ("cells", "beside"),
    [
        (["from core import *"], {"core.py": WORK, "core_old.py": OTHER}),
        (["%%writefile core.py\n" + WORK, "from core import *"], {"warmup.py": STARTER}),
        (["%%writefile core.py\n" + WORK, "from core import scale"], {"warmup.py": STARTER}),
    ],
)
def test_what_a_star_import_or_a_written_module_gives_is_known(
    cells: list[str], beside: dict[str, str], tmp_path: Path
) -> None:
    """As if each name had been imported from a file of the submission."""
    assert taken(tmp_path, {**beside, "warmup.ipynb": notebook(*cells)}) == "warmup.ipynb"


@pytest.mark.parametrize(
    "extension",
    [
        "@add_to_class(scale)\ndef forward(self, x):\n    return x",
        "@patch\ndef forward(self: scale, x):\n    return x",
        "scale.forward = lambda self, x: x",
        "setattr(scale, 'forward', forward)",
        "for f in (forward,):\n    setattr(scale, f.__name__, f)",
        "class scale(scale):\n    def forward(self, x): return x",
    ],
)
def test_a_class_built_over_cells_is_one_definition(extension: str, tmp_path: Path) -> None:
    """It is written if any cell writes a part of it."""
    empty = "class scale:\n    def forward(self, x):\n        raise NotImplementedError"
    files = {"warmup.ipynb": notebook(empty), "work.ipynb": notebook(empty, extension)}

    whole = read(tmp_path, files)

    assert (whole.sources["scale"].file, whole.sources["scale"].cell) == ("work.ipynb", "cell 2")


def test_what_a_script_defines_for_itself_is_named(tmp_path: Path) -> None:
    """A definition below ``if __name__ == "__main__":`` does not run, and the report says so."""
    guarded = 'if __name__ == "__main__":\n    def scale(x, factor):\n        return x * factor\n'

    whole = read(tmp_path, {"warmup.py": f"{STARTER}\n{guarded}"})

    assert whole.sources["scale"].state == "script"
    assert 'scale is defined only under if __name__ == "__main__" in warmup.py' in whole.notes[0]


def test_the_work_of_another_assignment_is_recognised(tmp_path: Path) -> None:
    """By the exercises that it defines, written or not."""
    with pytest.raises(SubmissionError, match=r"the work of another assignment, algebra.*solve"):
        read(tmp_path, {"ada.ipynb": notebook("def solve(A): pass", "def invert(A): return A")})


def test_one_function_with_a_name_from_another_assignment_makes_it_no_other_work(
    tmp_path: Path,
) -> None:
    """A learner who misspelt the exercise reads that it is missing."""
    assert read(tmp_path, {"ada.py": "def Scale(x): return x\ndef solve(x): return x"}).chunks


def test_a_damaged_file_is_named_and_hides_nothing(tmp_path: Path) -> None:
    """Beside a starter it may be the work; beside the work it is only noted."""
    files = {"warmup.ipynb": '{"cells": [', "warmup.py": STARTER}
    with pytest.raises(SubmissionError, match=r"warmup\.ipynb: this notebook is incomplete"):
        read(tmp_path, files)

    whole = read(tmp_path, {**files, "warmup.py": WORK})

    assert whole.sources["scale"].file == "warmup.py"
    assert whole.notes[0].startswith("warmup.ipynb was not read: this notebook is incomplete")


def test_a_broken_cell_spoils_only_itself(tmp_path: Path) -> None:
    """What is broken may be the work; what is empty beside it is still empty."""
    broken = "x = (\n\ndef shift(x):\n    return x +\n"
    files = {"warmup.py": f"{STARTER}{broken}", "part.py": WORK}

    whole = read(tmp_path, files)

    assert {name: source.file for name, source in whole.sources.items()} == {
        "scale": "part.py",
        "shift": "warmup.py",
    }


def test_the_digest_is_of_every_file_that_decides(tmp_path: Path) -> None:
    """Whoever mends a file that did not count is graded again."""
    files = {"warmup.py": WORK, "a.ipynb": notebook(STARTER)}
    before = read(tmp_path, files).digest

    assert before != read(tmp_path, {**files, "a.ipynb": notebook(OTHER)}).digest


IMPORTING = (
    "from lib.ops import scale as base\n\ndef scale(x, factor):\n    return base(x, factor)\n"
)


@pytest.mark.parametrize(
    "files",
    [
        {"warmup.py": IMPORTING, "lib/ops.py": WORK},
        {"warmup.py": "import lib.more\n" + OTHER, "lib/more.py": "from .ops import *"},
        {"warmup.ipynb": notebook("from .lib import ops", OTHER)},
    ],
    ids=["a wrapper", "by way of another", "a notebook"],
)
def test_what_the_chosen_file_imports_does_not_compete_with_it(
    files: dict[str, str], tmp_path: Path
) -> None:
    """It is neither named as another definition nor graded as one."""
    whole = read(tmp_path, {**files, "lib/ops.py": WORK})

    assert whole.sources["scale"].file.startswith("warmup")
    assert not whole.sources["scale"].others
    assert not whole.rivals


def test_a_module_of_the_same_name_in_another_folder_competes(tmp_path: Path) -> None:
    """Of several modules that an import may mean, it is the nearest."""
    files = {"a/warmup.py": "import ops\n" + OTHER, "a/ops.py": WORK, "b/ops.py": WORK}

    assert [other.file for other in read(tmp_path, files).sources["scale"].others] == ["b/ops.py"]


@pytest.mark.parametrize("name", ["test_scale.py", "scale_test.py", "tests/ops.py", "conftest.py"])
def test_a_file_of_tests_counts_only_where_no_other_has_the_exercise(
    name: str, tmp_path: Path
) -> None:
    """It often repeats what it tests: it is no rival, and the work only if nothing else is."""
    assert taken(tmp_path, {name: WORK, "hw.py": OTHER}) == "hw.py"
    assert not read(tmp_path, {}).rivals
    whole = read(tmp_path, {"hw.py": STARTER})
    assert whole.sources["scale"].file == "hw.py"
    assert [other.file for other in whole.sources["scale"].others] == [name]
    whole = read(tmp_path, {"hw.py": "x = 1"})
    assert whole.sources["scale"].file == name
    assert whole.notes == (
        f"scale was taken from {name}, a file of tests: no other file defines it.",
    )
