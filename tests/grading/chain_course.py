"""A course of four exercises, of which each but the last may call the one before; and its class."""

from __future__ import annotations

from pathlib import Path

from grader.course.catalogue import Course
from grader.grading.score import submissions_of
from grader.submission.collect import collect

from ..mini_course import write

NAMES = ("double", "total", "mean", "largest")

CATALOGUE = """\
title = { en = "Chain", zh = "链" }
seed = 7

[limits]
seconds = 2

[[assignment]]
name = "chain"
title = { en = "A chain", zh = "链" }
framework = "numpy"
"""
EXERCISE = """
[[assignment.exercise]]
name = "{name}"
points = 2
title = {{ en = "{name}", zh = "{name}" }}
"""
CODE = {
    "double": "def double(x):\n    return 2 * x\n",
    "total": "def total(x):\n    return double(x).sum()\n",
    "mean": "def mean(x):\n    return total(x) / x.size\n",
    "largest": "def largest(x):\n    return x.max()\n",
}
CELL = """
# %% [markdown] lang="en" exercise="{name}"
# The {name} of `x`.

# %% [markdown] lang="zh" exercise="{name}"
# `x`的{name}。

# %% exercise="{name}"
{head}
    ### BEGIN SOLUTION
{body}
    ### END SOLUTION
"""
CHECK = '''\
from grader.checks import assert_close, points


@points(1)
def test_{kind}(student, reference, draw):
    """Right for {kind} arrays.

    zh: 对{kind}数组正确。
    """
    x = draw.normal({size})
    assert_close(student.{name}(x), reference.{name}(x))
'''
MISTAKE = """\
[[mistake]]
name = "{name}_off"
replace = "{old}"
with = "{new}"
caught_by = ["test_small", "test_large"]
hint = {{ en = "Look at {name}.", zh = "看看{name}。" }}
"""
EDITS = {
    "double": ("2 * x", "3 * x"),
    "total": ("double(x).sum()", "double(x).sum() + 1"),
    "mean": ("x.size", "2"),
    "largest": ("x.max()", "x.min()"),
}

RIGHT = "import numpy as np\n\n" + "\n".join(CODE.values())
ALONE = RIGHT.replace("double(x).sum()", "(2 * x).sum()").replace("total(x)", "(2 * x).sum()")
CLASS = {
    "ada": RIGHT,
    "bob": RIGHT.replace("2 * x", "3 * x"),  # costs the others nothing
    "cleo": RIGHT.replace("2 * x", "x + 1").replace("x.size", "2"),
    "dan": ALONE.replace("2 * x)", "3 * x)").replace("x.max", "x.min"),
    "eve": RIGHT.replace("return double(x).sum()", "..."),
    "fay": "x = 1\n",
    "gus": RIGHT.replace("x.max()", "x.max"),
    "hal": "import numpy as np\nfrom absent import thing\n\n"
    + RIGHT.replace("    return total(x)", "    return thing(total(x))"),
}


def made(root: Path) -> Course:
    """Write the course to *root*."""
    files = {
        "assignments/course.toml": CATALOGUE + "".join(EXERCISE.format(name=n) for n in NAMES),
        "solutions/chain/chain.py": _source(),
    }
    for name in NAMES:
        home = f"autograder_tests/chain/{name}"
        facts = {"name": name, "old": EDITS[name][0], "new": EDITS[name][1]}
        for file, kind, size in (("test_public", "small", 3), ("test_hidden", "large", 50)):
            files[f"{home}/{file}.py"] = CHECK.format(name=name, kind=kind, size=size)
        files[f"{home}/mistakes.toml"] = MISTAKE.format(**facts)
    return Course.load(write(root, files))


def _source() -> str:
    cells = ["# %%\nimport numpy as np\n"]
    for name in NAMES:
        head, body = CODE[name].rstrip().split("\n", 1)
        cells.append(CELL.format(name=name, head=head, body=body))
    return "\n".join(cells)


def hand_in(course: Course, texts: dict[str, str], inbox: Path) -> None:
    """Collect *texts*, by learner; a name with a slash is another file of the learner's."""
    for name, text in texts.items():
        learner, _slash, file = name.partition("/")
        (inbox / learner).mkdir(parents=True, exist_ok=True)
        (inbox / learner / (file or "chain.py")).write_text(text, encoding="utf-8")
    collect(inbox, "chain", submissions_of(course))
