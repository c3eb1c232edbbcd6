"""The README of a kit, in both languages."""

from __future__ import annotations

from grader.course.editions import EDITIONS
from grader.exercise import FRAMEWORKS, Assignment, Language, Text
from grader.language import listed

KIT_README = Text(
    en="""\
# {title}

Write the functions in `{name}.py`, or in the notebook `{name}.ipynb` if you prefer, and submit
one of them. Every exercise says what to return; replace its `raise NotImplementedError(...)`.

## Check your work

Run in this folder:

```
{install}
gradproof check                        # all exercises
gradproof check EXERCISE               # one exercise
```

If `gradproof` is not found, write `python -m grader` in its place.

In `{name}.ipynb`, run the cell below an exercise to check it; you need not save first. In another
notebook in this folder, run `from grader import check`, then `check("EXERCISE")`.

A failed check tells you what was expected, what it got and where, often with a hint. These are the
public checks; your instructor runs more of the same kind, so think about other shapes and
values, too. If both files are here, gradproof checks each exercise in the file where you have
written it, or the one that you changed last; `gradproof check --file NAME` checks a specific one.

Your functions get {arrays}: the line `# framework: {framework}` near the top of the file
says so. To write in another framework, change this line and the import; you can use
{others}. The checks are the same.

## Submit

Submit `{name}.py` or `{name}.ipynb`, named as your instructor asks, or the zip that
`gradproof submit` creates. Keep the names of the functions. Cells that plot or train can stay:
only the code that your functions need is run.
""",
    zh="""\
# {title}

请在`{name}.py`中编写函数；如果你更喜欢笔记本，也可以写在`{name}.ipynb`中，提交其中一个即可。
每道习题都说明了应返回什么：请替换其中的`raise NotImplementedError(...)`。

## 自行检查

在本文件夹中运行：

```
{install}
gradproof check                        # 检查全部习题
gradproof check EXERCISE               # 只检查一道习题
```

如果找不到`gradproof`这个命令，请改写成`python -m grader`。

在`{name}.ipynb`里，运行习题下面的单元格就能检查这道习题，不必先保存。
在本文件夹的其他笔记本里，请先`from grader import check`，再`check("EXERCISE")`。

检查未通过时，会告诉你应得到什么、实际得到什么、问题在哪里，常常还有一条提示。这里是公开检查；
老师还会运行更多同类的检查，所以也请想一想其他形状和其他数值。
如果两个文件都在，每道习题检查你写了它的那个文件，都写了就检查最后修改的那一个；
也可以用`gradproof check --file NAME`指定。

你的函数会收到{arrays}：文件开头附近的`# framework: {framework}`一行说明了这一点。
想用别的框架编写时，请修改这一行和导入语句；可用的框架有{others}。检查都是一样的。

## 提交

请按照老师的要求命名并提交`{name}.py`或`{name}.ipynb`，或者提交`gradproof submit`打包的zip文件。
请保留函数名。绘图或训练的单元格可以保留：
评分时只运行你的函数所需要的代码。
""",
)

#: what to run once, and what it is
_ONCE = Text(en="# once", zh="# 只需一次")


def readme(assignment: Assignment, language: Language, framework: str) -> str:
    """Return the README of a kit of *assignment* in *framework*."""
    edition = EDITIONS[framework]
    known = [name for name in FRAMEWORKS if name != framework]
    noun = f"{edition.noun.en}s" if language == "en" else edition.noun.zh
    commands = [edition.installed_by(assignment.install), *edition.more]
    commands[0] = f"{commands[0]:<38} {_ONCE.get(language)}"
    return KIT_README.get(language).format(
        title=assignment.title.get(language),
        name=assignment.name,
        install="\n".join(commands),
        arrays=f"{edition.title} {noun}" if language == "en" else f"{edition.title}{noun}",
        framework=framework,
        others=listed((f"`{name}`" for name in known), said=language),
    )
