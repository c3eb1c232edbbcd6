"""Submissions of several files, arranged as learners arrange them, in a worker."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from grader.errors import Raised
from grader.exercise import Chunk, Limits
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.fault_sentences import place_of
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote
from grader.submission.read import read_submission

Arranged = Callable[[Mapping[str, str]], ModuleProxy]

TRIPLE = "def triple(x):\n    return 3 * x\n"
F = "\ndef f(x):\n    return triple(x)\n"


def notebook(*cells: str) -> str:
    """Return a notebook of code cells."""
    made = [
        {"cell_type": "code", "source": cell, "outputs": [], "metadata": {}, "execution_count": 1}
        for cell in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


@pytest.fixture
def arranged(tmp_path: Path, bare_zygote: Zygote) -> Iterator[Arranged]:
    """Return a function that submits files as the exercise ``f``, and returns the module."""
    channels: list[WorkerChannel] = []

    def arranged(files: Mapping[str, str]) -> ModuleProxy:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        submission = read_submission(tmp_path, "task")
        channels.append(WorkerChannel(submission, bare_zygote.worker, exercises=["f"]))
        channels[-1].begin("f", 1, Limits(seconds=5, memory_mb=2048))
        return ModuleProxy(channels[-1])

    yield arranged
    for channel in channels:
        channel.close()


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"task.py": "from .tools import triple" + F, "tools.py": TRIPLE},
            id="a relative import",
        ),
        pytest.param(
            {
                "task.py": "from . import tools as t\nfrom .deep.more import triple" + F,
                "tools.py": "",
                "deep/more.py": "from ..tools import *\nfrom .base import triple",
                "deep/base.py": TRIPLE,
            },
            id="relative imports among helpers",
        ),
        pytest.param(
            {
                "__init__.py": "from .task import f",
                "task.py": "from lab3.tools import triple" + F,
                "tools.py": TRIPLE,
            },
            id="the name of the folder that is now the submission",
        ),
        pytest.param(
            {"task.py": "from lab3 import tools\ntriple = tools.triple" + F, "tools.py": TRIPLE},
            id="a module from that folder",
        ),
        pytest.param(
            {
                "src/task.py": "import sys\nsys.path.insert(0, '..')\nfrom lib.t import triple" + F,
                "lib/t.py": TRIPLE,
            },
            id="a folder beside src",
        ),
        pytest.param(
            {"src/task.py": "from ..lib.t import triple" + F, "lib/t.py": TRIPLE},
            id="a relative import out of src",
        ),
        pytest.param(
            {"src/task.py": "from src.t import triple" + F, "src/t.py": TRIPLE, "note.txt": ""},
            id="started from above src",
        ),
        pytest.param(
            {
                "task.ipynb": notebook("import sys\nsys.path += ['x']\nfrom tools import *", F),
                "my code/tools.py": TRIPLE,
            },
            id="a folder that Python cannot name",
        ),
        pytest.param(
            {
                "task.py": "import os, sys\nsys.path.append(os.path.join(os.path.dirname("
                "os.path.abspath(__file__)), 'new'))\nfrom tools import triple" + F,
                "a/tools.py": "raise SystemExit",
                "new/tools.py": TRIPLE,
            },
            id="the folder on sys.path of two",
        ),
        pytest.param(
            {
                "task.ipynb": notebook("import import_ipynb\nfrom tools import triple", F),
                "tools.ipynb": notebook("%matplotlib inline", TRIPLE),
            },
            id="another notebook",
        ),
        pytest.param(
            {"task.py": 'exec(open("tools.py", encoding="utf-8").read())' + F, "tools.py": TRIPLE},
            id="exec of a file",
        ),
        pytest.param(
            {
                "task.ipynb": notebook("exec(compile(open('x/t.py').read(), 't', 'exec'))" + F),
                "x/t.py": TRIPLE,
            },
            id="exec of what was compiled",
        ),
        pytest.param(
            {
                "task.py": "def g():\n    return 3\nfrom t import triple" + F + "    f = g",
                "t.py": "def triple(x):\n    from task import f\n    return x * 3",
            },
            id="a helper that imports the main file",
        ),
    ],
)
def test_a_helper_is_found_wherever_it_was_submitted(
    arranged: Arranged, files: Mapping[str, str]
) -> None:
    """As it was for the learner, whose tool knew where it lies."""
    assert arranged(files).f(2) == 6


def test_data_is_read_from_beside_the_main_file(arranged: Arranged) -> None:
    """Also where that file lies in a folder of its own, and from a folder beside that."""
    main = "a, b = int(open('n.txt').read()), int(open('../data/m.txt').read())\n"
    student = arranged(
        {
            "src/task.py": main + "def f(x):\n    return a * b * x",
            "src/n.txt": "2",
            "data/m.txt": "5",
        }
    )

    assert student.f(3) == 30


def test_data_is_read_as_seen_from_the_top_if_it_lies_there(arranged: Arranged) -> None:
    """A script in ``src`` is often started from the folder above."""
    main = "n = int(open('data/n.txt').read())\ndef f(x):\n    return n * x"

    assert arranged({"src/task.py": main, "data/n.txt": "5"}).f(3) == 15


def test_a_text_too_long_for_a_name_is_no_file(arranged: Arranged) -> None:
    """A text of fewer characters than a name may have bytes is looked for, and not found."""
    module = arranged({"task.py": f'NOTE = "{"线性组合" * 40}"\n' + TRIPLE.replace("triple", "f")})

    assert module.f(2) == 6


def test_a_question_before_the_work_begins_is_answered(arranged: Arranged) -> None:
    """Not one that the function itself asks while it is checked: nobody is there."""
    student = arranged(
        {"task.py": "n = int(input('n?'))\ndef f(ask):\n    return input() if ask else n"}
    )

    assert student.f(False) == 0
    with pytest.raises(Raised, match="EOFError"):
        student.f(True)


def test_a_library_is_not_searched_for_among_the_helpers(arranged: Arranged) -> None:
    """What the submission does not import is no concern of it: only its own names are."""
    student = arranged(
        {
            "task.py": "def f(name):\n    import importlib\n    try:\n        "
            "importlib.import_module(name)\n    except ImportError:\n        return False\n"
            "    return True",
            "old/no_such_tool.py": "",
        }
    )

    assert student.f("no_such_tool") is False


HELPED = "from tools import triple" + F


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {
                "task.py": HELPED,
                "tools.py": "import no_such_library\nfrom no_such_library import plot, Table\n"
                "STYLE = Table(plot)\nclass Shown(Table):\n    pass\n" + TRIPLE,
            },
            id="a library that is not here",
        ),
        pytest.param(
            {
                "task.py": "from kit.tools import triple" + F,
                "kit/__init__.py": "import importlib.metadata\nfrom .show import *\n"
                "__version__ = importlib.metadata.version('kit-of-mine')",
                "kit/show.py": "from no_such_library import Table",
                "kit/tools.py": TRIPLE,
            },
            id="a package that is not installed",
        ),
        pytest.param(
            {
                "task.py": "from tools import *" + F,
                "tools.py": "import no_such_library\n__all__ = ['show', 'triple']\n"
                "show = no_such_library.show\n" + TRIPLE,
            },
            id="a list of names that are not all there",
        ),
        pytest.param(
            {"task.py": HELPED, "tools.py": "def g():\n    print 'x'\n\n" + TRIPLE},
            id="code of another Python",
        ),
        pytest.param(
            {"task.py": HELPED, "tools.py": "from more import *", "more.py": "1 / 0\n" + TRIPLE},
            id="a helper of a helper",
        ),
        pytest.param(
            {
                "task.py": "try:\n    from .tools import triple\nexcept ImportError:\n    "
                "from tools import triple" + F,
                "tools.py": "import no_such_library\n" + TRIPLE,
            },
            id="one that is imported in either of two ways",
        ),
        pytest.param(
            {
                "task.py": "def f(x):\n    from tools import triple\n    return triple(x)",
                "tools.py": "import no_such_library\n" + TRIPLE,
            },
            id="one that is imported in the call",
        ),
        pytest.param(
            {
                "task.py": "try:\n    import fast as tools\nexcept ImportError:\n    import tools\n"
                "triple = tools.triple" + F,
                "fast.py": "import no_such_library\ndef triple(x):\n    no_such_library.go(x)",
                "tools.py": TRIPLE,
            },
            id="one whose failure the code expects",
        ),
        pytest.param(
            {
                "task.py": "import os\nos.environ['TOOLS'] = 'own'\n" + HELPED,
                "tools.py": "import os\nif os.environ.get('TOOLS') == 'own':\n    "
                "from more import triple\nelse:\n    from no_such_library import triple",
                "more.py": TRIPLE,
            },
            id="one that reads the environment",
        ),
    ],
)
def test_what_fails_in_a_helper_costs_only_what_needs_it(
    arranged: Arranged, files: Mapping[str, str]
) -> None:
    """As in the main file; but where the learner's code expects a failure, it gets one."""
    assert arranged(files).f(2) == 6


def test_nothing_in_a_helper_runs_twice(arranged: Arranged) -> None:
    """Also what stands above a statement that fails, and in modules around it."""
    student = arranged(
        {
            "task.py": "import tools\ndef f():\n    return [*tools.seen, tools.inner.seen is "
            "tools.seen]",
            "tools.py": "seen = ['tools']\nimport inner\nimport no_such_library\n"
            "seen.append('end')",
            "inner.py": "from tools import seen\nseen.append('inner')\nimport no_such_library",
        }
    )

    assert student.f() == ["tools", "inner", "end", True]


@pytest.mark.parametrize(
    ("main", "call"),
    [
        ("import tools\n", "tools.show(x)"),
        ("import tools\n", "tools.Image.open(x)"),
        ("import tools\n", "tools.BLACK"),
        ("from tools import BLACK\n", "BLACK"),
        ("from tools import *\n", "BLACK"),
    ],
)
def test_what_a_helper_misses_is_told_where_it_is_needed(
    arranged: Arranged, main: str, call: str
) -> None:
    """File, line and cause, to the learner; the library also to the instructor."""
    tools = (
        "X = 1\n\nfrom monai import Image\nBLACK = Image.new('L', 1)\ndef show(x):\n    Image(x)\n"
    )
    student = arranged({"task.py": f"{main}def f(x):\n    return {call}\n", "lib/tools.py": tools})
    with pytest.raises(Raised) as caught:
        student.f(1)

    assert "\n  lib/tools.py, line 3: from monai import Image\n" in caught.value.headline
    assert "The library monai is not installed" in caught.value.headline
    assert caught.value.library == "monai"


def test_a_name_that_fails_in_a_helper_and_elsewhere_is_of_no_concern(arranged: Arranged) -> None:
    """What a helper lacks is not said to be why another name is missing."""
    student = arranged(
        {
            "task.py": "import tools\ndef f(x):\n    return misspelt",
            "tools.py": "import no_such_library",
        }
    )
    with pytest.raises(Raised) as caught:
        student.f(1)

    assert "no_such_library" not in str(caught.value)
    assert not caught.value.library


def test_a_line_of_a_file_that_was_not_submitted_gives_way() -> None:
    """At the desk, a helper lies beside the file that is checked; the latter's line is shown."""
    where = [["a.py", 2, "f", ""], ["tools.py", 1, "", ""]]
    chunks = [Chunk("a.py", "import tools\ndef f(x): return y")]

    assert place_of(where, chunks) == "\n  a.py, line 2: def f(x): return y"
    assert place_of(where, chunks, [("tools.py", b"import x")]) == "\n  tools.py, line 1: import x"
    assert place_of([["tools.py", 1, "", ""]], chunks) == ""


def test_the_environment_is_set_before_libraries_are_imported(arranged: Arranged) -> None:
    """Also before those that are imported beforehand, which the learner's time does not include."""
    student = arranged(
        {
            "task.py": "import os\nos.environ['PYTHONTZPATH'] = '/of/mine'\nimport zoneinfo\n"
            "def f():\n    return list(zoneinfo.TZPATH)"
        }
    )

    assert student.f() == ["/of/mine"]


def test_an_exception_in_a_helper_shows_its_line(arranged: Arranged) -> None:
    """Learners see their own innermost line, whatever file it stands in."""
    student = arranged(
        {
            "src/task.py": "from tools import half\ndef f(x):\n    return half(x)",
            "src/tools.py": "\ndef half(x):\n    return x / (x - x)",
        }
    )

    with pytest.raises(Raised) as caught:
        student.f(1)
    assert str(caught.value) == (
        "f raised ZeroDivisionError: division by zero\n  src/tools.py, line 3: return x / (x - x)"
    )
    assert caught.value.headline == str(caught.value)


def test_of_an_exception_that_may_hold_inputs_only_known_words_are_told(
    arranged: Arranged,
) -> None:
    """In hidden checks: NumPy's complaint without its numbers, and nothing of the learner's own."""
    student = arranged(
        {
            "task.py": "import numpy as np\ndef f(x):\n    if x > 5:\n"
            "        raise ValueError(f'x = {x}')\n    return np.ones(x) + np.ones(2)"
        }
    )

    with pytest.raises(Raised) as library:
        student.f(3)
    with pytest.raises(Raised) as own:
        student.f(7)
    first, _line = library.value.headline.split("\n")
    assert first == "f raised ValueError: operands could not be broadcast together"
    assert own.value.headline.split("\n")[0] == "f raised ValueError"


def test_who_returns_an_array_of_objects_is_told_what_to_return(arranged: Arranged) -> None:
    """It holds lists of different lengths, most often."""
    student = arranged(
        {
            "task.py": "import numpy as np\ndef f(x):\n"
            "    return np.array([[1], [1, 2]], dtype=object)"
        }
    )

    with pytest.raises(Raised, match=r"nested lists of different lengths\. Return an array of num"):
        student.f(1)
