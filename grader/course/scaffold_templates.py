"""Texts that scaffolds write: a complete course, and an exercise to fill in.

In the exercise's texts, every line that the author must replace contains :data:`WRITE_HERE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Template

WRITE_HERE = "Write here:"
_PLACEHOLDER = re.compile(WRITE_HERE + r"([^\"#]*)")


def left_to_write(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line of *text* that a scaffold left to its author: its number, what to write."""
    for number, line in enumerate(text.splitlines(), 1):
        if what := [words.strip() for words in _PLACEHOLDER.findall(line)]:
            yield number, what


COURSE = {
    "README.md": """\
# A course

`assignments/course.toml` defines order, titles, points and limits.
`solutions/` contains statements and references, `autograder_tests/` checks and known mistakes.
The starters in `assignments/` are generated from them: edit the sources, then run `gradproof sync`.

| to | run |
|---|---|
| add an exercise | `gradproof new exercise` |
| update the starters | `gradproof sync` |
| verify that the checks catch every known mistake | `gradproof audit` |
| create the kit for learners | `gradproof release` |

# 一门课程

`assignments/course.toml`规定顺序、标题、分值和资源限制。
`solutions/`存放题目说明与参考答案，`autograder_tests/`存放检查和已知错误。
`assignments/`中的起始代码由它们生成：请修改源文件，然后同步。

| 目的 | 命令 |
|---|---|
| 添加习题 | `gradproof new exercise` |
| 更新起始代码 | `gradproof sync` |
| 验证检查能发现每个已知错误 | `gradproof audit` |
| 生成发给学习者的工具包 | `gradproof release` |
""",
    "assignments/course.toml": """\
title = { en = "A course", zh = "一门课程" }
seed = 20261120  # of the random inputs that checks draw

[limits]  # of one check
seconds = 10
memory_mb = 4096

[[assignment]]
name = "warmup"
title = { en = "Warm-up", zh = "热身" }
framework = "numpy"

[[assignment.exercise]]
name = "scale"
points = 4
title = { en = "Scaling", zh = "缩放" }
""",
    "solutions/warmup/warmup.py": """\
# %% [markdown] lang="en"
# One exercise to see how things work.

# %% [markdown] lang="zh"
# 通过一道习题了解整个流程。

# %%
import numpy as np

# %% [markdown] lang="en" exercise="scale"
# Return `x` with every entry multiplied by the number `factor`, which may be negative.
# `x` has any shape and must be unchanged on return.

# %% [markdown] lang="zh" exercise="scale"
# 返回将`x`的每个元素乘以数`factor`的结果，`factor`可以为负。
# `x`可以是任意形状，函数返回后`x`必须保持不变。

# %% exercise="scale"
def scale(x, factor):
    ### BEGIN SOLUTION
    return x * factor
    ### END SOLUTION
""",
    "solutions/warmup/accepted/multiply.py": """\
# framework: numpy
import numpy as np


def scale(x, factor):
    return np.multiply(factor, x)
""",
    "solutions/warmup/accepted/loop.py": """\
# framework: numpy
import numpy as np


def scale(x, factor):
    result = np.empty_like(x)
    for index in np.ndindex(x.shape):
        result[index] = x[index] * factor
    return result
""",
    "solutions/warmup/accepted/rows.py": """\
# framework: numpy
import numpy as np


def scale(x, factor):
    return np.stack([factor * row for row in x])
""",
    "autograder_tests/warmup/scale/test_public.py": '''\
from grader.checks import assert_close, points


@points(2)
def test_values(student, reference, draw):
    """Every entry is multiplied by the factor.

    zh: 每个元素都乘以该因子。
    """
    x = draw.normal(3, 5)
    expected = reference.scale(x, 2.5)
    assert_close(student.scale(x, 2.5), expected)


@points(1)
def test_negative_factor(student, reference, draw):
    """A negative factor changes every sign.

    zh: 因子为负时，每个元素的符号都会改变。
    """
    x = draw.normal(4)
    expected = reference.scale(x, -0.5)
    assert_close(student.scale(x, -0.5), expected)
    for x in [draw.normal(1, 3), draw.normal(2, 1)]:
        expected = reference.scale(x, -0.37)
        assert_close(student.scale(x, -0.37), expected)
''',
    "autograder_tests/warmup/scale/test_hidden.py": '''\
from grader.checks import assert_close, assert_unchanged, points, says


@points(1)
@says("unchanged")
def test_input_unchanged(student, reference, draw):
    """The array passed in is unchanged on return.

    zh: 函数返回后，传入的数组保持不变。
    """
    x = draw.normal(2, 3)
    before = x.copy()
    assert_close(student.scale(x, 3.0), reference.scale(before, 3.0))
    assert_unchanged(x, before, "x")
''',
    "autograder_tests/warmup/scale/mistakes.toml": """\
[[mistake]]
name = "added"
replace = "x * factor"
with = "x + factor"
caught_by = ["test_values", "test_negative_factor"]
hint = { en = "What should happen to an entry that is 0?", zh = "值为0的元素应该变成什么？" }

[[mistake]]
name = "size_only"
replace = "x * factor"
with = "x * abs(factor)"
caught_by = ["test_negative_factor"]
hint = { en = "What sign does -2 times 3 have?", zh = "-2乘以3的结果是什么符号？" }

[[mistake]]
name = "in_place"
replace = '''
    return x * factor
'''
with = '''
    x *= factor
    return x
'''
caught_by = ["test_input_unchanged"]
hint = { en = "Whose array does your function write to?", zh = "你的函数写入的是谁的数组？" }
""",
}

ASSIGNMENT_ENTRY = Template("""\
[[assignment]]
name = "$assignment"
title = { en = "Write here: the title", zh = "Write here: the title in Chinese" }
framework = "$framework"
""")

EXERCISE_ENTRY = Template("""\
[[assignment.exercise]]
name = "$name"
points = 2
title = { en = "Write here: the title", zh = "Write here: the title in Chinese" }
""")

EXERCISE_CELLS = Template("""\
# %% [markdown] lang="en" exercise="$name"
# Write here: the statement. Say everything that a check relies on.

# %% [markdown] lang="zh" exercise="$name"
# Write here: the statement in Chinese.

# %% exercise="$name"
def $name(x):
    ### BEGIN SOLUTION
    return x + 1  # Write here: the reference
    ### END SOLUTION
""")

# Files by path; the paths are templates, too.
EXERCISE_FILES = {
    "solutions/$assignment/accepted/$name.py": """\
# framework: $framework
# Write here: another correct solution.
# Write here: two more accepted variants in solutions/$assignment/accepted/
def $name(x):
    return 1 + x
""",
    "autograder_tests/$assignment/$name/test_public.py": '''\
from grader.checks import assert_close, points


@points(1)
def test_values(student, reference, draw):
    """Write here: the requirement in one sentence.

    zh: Write here: the same in Chinese.
    """
    # Write here: inputs that reveal mistakes
    for x in [draw.normal(3, 5), draw.normal(1, 4), draw.normal(6, 1)]:
        expected = reference.$name(x)
        assert_close(student.$name(x), expected)
''',
    "autograder_tests/$assignment/$name/test_hidden.py": '''\
from grader.checks import assert_close, points


@points(1)
def test_larger_input(student, reference, draw):
    """Write here: the requirement in one sentence.

    zh: Write here: the same in Chinese.
    """
    x = draw.normal(7, 11)  # Write here: inputs that learners have not tried
    expected = reference.$name(x)
    assert_close(student.$name(x), expected)
''',
    "autograder_tests/$assignment/$name/mistakes.toml": """\
# Write here: more mistakes, each one edit of the reference.
[[mistake]]
name = "wrong_number"  # Write here: a name for the mistake
replace = "return x + 1"
with = "return x + 2"
caught_by = ["test_values", "test_larger_input"]
hint = { en = "Write here: a guiding question", zh = "Write here: the same in Chinese" }
""",
}
