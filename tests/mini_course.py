"""A miniature course: one assignment, two exercises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.catalogue import Course

CATALOGUE = """\
# a comment that must survive
title = { en = "A course", zh = "一门课" }
seed = 7

[limits]
seconds = 5

[[assignment]]
name = "basics"
title = { en = "Basics", zh = "基础" }
framework = "torch"

[[assignment.exercise]]
name = "double"
points = 2
title = { en = "Doubling", zh = "加倍" }

[[assignment.exercise]]
name = "Half"
points = "0.5"
title = { en = "Halving", zh = "减半" }
limits = { seconds = 20 }
"""

SOURCE = '''\
# A note among authors.

# %% [markdown] lang="en"
# Arithmetic, by hand.

# %% [markdown] lang="zh"
# 手写算术。

# %%
import math

# %% [markdown] lang="en" exercise="double"
# Return twice `x`.
#
# * any shape

# %% [markdown] lang="zh" exercise="double"
# 返回`x`的两倍。

# %% exercise="double"
def double(x):
    """Twice x."""
    factor = 2
    ### BEGIN SOLUTION
    y = factor * x
    return y
    ### END SOLUTION

# %% [markdown] lang="en" exercise="Half"
# A callable that halves.

# %% [markdown] lang="zh" exercise="Half"
# 减半的可调用对象。

# %% exercise="Half"
class Half:
    def __init__(self):
        ### BEGIN SOLUTION
        self.factor = 0.5
        ### END SOLUTION

    def __call__(self, x):
        ### BEGIN SOLUTION
        return self.factor * x
        ### END SOLUTION
'''

MISTAKES = """\
[[mistake]]
name = "triple"
replace = "factor = 2"
with = "factor = 3"
caught_by = ["test_values"]
hint = { en = "How many times?", zh = "几倍？" }
"""

HALF_MISTAKES = """\
[[mistake]]
name = "kept"
replace = '''
        return self.factor * x
'''
with = '''
        y = self.factor * x
        return x
'''
caught_by = ["test_values", "test_zero"]
hint = { en = "What is returned?", zh = "返回了什么？" }
"""


def write(root: Path, files: dict[str, str]) -> Path:
    """Write *files* under *root*."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return root


@pytest.fixture
def source() -> str:
    """Return the text of the miniature course's source."""
    return SOURCE


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the directory of the miniature course."""
    return write(
        tmp_path / "course",
        {
            "assignments/course.toml": CATALOGUE,
            "solutions/basics/basics.py": SOURCE,
            "autograder_tests/basics/double/mistakes.toml": MISTAKES,
            "autograder_tests/basics/double/test_public.py": "",
            "autograder_tests/basics/double/test_hidden.py": "",
            "autograder_tests/basics/Half/mistakes.toml": HALF_MISTAKES,
            "autograder_tests/basics/Half/test_public.py": "",
        },
    )


@pytest.fixture
def course(root: Path) -> Course:
    """Return the miniature course."""
    return Course.load(root)


@pytest.fixture
def edit(root: Path) -> Callable[[str, str, str], Course]:
    """Return a function that edits one file of the course and loads it again."""

    def edit(name: str, old: str, new: str) -> Course:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
        return Course.load(root)

    return edit
