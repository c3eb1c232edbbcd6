import ast
import sysconfig
import tokenize
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.submission.magics import to_python

STDLIB = Path(sysconfig.get_path("stdlib"))
PLAIN = [
    "x = (a\n % b)",
    "x = a \\\n  % b",
    's = """\n%matplotlib inline\n!ls\nhelp?\n"""\nx = 1',
    "s = '''it's\n!ls\n'''",
    "s = r'\\'\nt = 1",
    "s = 'a\\\n!ls'",
    "d['k = !v'] = 3",
    "x != 3",
    "x %= 3",
    "y = [1, # it's\n 7\n % 2]",
    'f("""a""", "b")\nz = 1',
    "print('?')  # why?",
    'x = ""\ny = """\n%a\n"""',
    "pip = install = 1",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_python_is_left_alone(text: str) -> None:
    """Lines that only look like magics, inside strings or continued statements, stay."""
    assert text == to_python(text)


@pytest.mark.parametrize(
    "module", ["argparse", "inspect", "typing", "string", "textwrap", "doctest"]
)
def test_the_standard_library_is_left_alone(module: str) -> None:
    """Real modules, full of docstrings and operators, come back unchanged."""
    with tokenize.open(STDLIB / f"{module}.py") as file:
        text = file.read()

    assert text == to_python(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install d2l\nx = 1", "pass\nx = 1"),
        ("if gpu:\n    !nvidia-smi\nx = 1", "if gpu:\n    pass\nx = 1"),
        ("for i in a:\n\t%time\n", "for i in a:\n\tpass\n"),
        ("files = !ls *.py", "files = None"),
        ("if a:\n    a.b[0] = %pwd", "if a:\n    a.b[0] = None"),
        ("a, b = !ls", "a = b = None"),
        ("变量 = !ls", "变量 = None"),
        ("?print", "pass"),
        ("np.exp?", "pass"),
        ("torch.nn.Linear??  # what", "pass"),
        ("%time w = train(3)", "w = train(3)"),
        ("%time !ls", "pass"),
        ("%timeit f(x)", "pass"),
        ("!pip install a \\\n  b \\\n  c\nx = 1", "pass\n\n\nx = 1"),
        ("!echo it's \"\nx = 1\n%pwd", "pass\nx = 1\npass"),
        ("pip install d2l\nx = 1", "pass\nx = 1"),
        ("matplotlib inline", "pass"),
        ("s = '''\n%a\n'''\n%b", "s = '''\n%a\n'''\npass"),
        ('x = 1  # """ (\n!ls', 'x = 1  # """ (\npass'),
        ('s = "a""" + "("\n!ls', 's = "a""" + "("\npass'),
        ("x = (1,\n  2)\n!ls", "x = (1,\n  2)\npass"),
    ],
)
def test_line_magics_become_pass(text: str, expected: str) -> None:
    """IPython's lines turn into Python on the same line and at the same indent."""
    assert expected == to_python(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%%time\nx = 1", "\nx = 1"),
        ("%%timeit -n 10\nx = 1", "\nx = 1"),
        ("\n# note\n%%capture out\n%%time\nx = 1", "\n# note\n\n\nx = 1"),
        ("%%check scale\nscale = 1", "\nscale = 1"),
        ("%%prun -l 5\n!ls\nx = 1", "\npass\nx = 1"),
        ("%%bash\nls\nrm -rf x", "\n\n"),
        ("%%html\n<b>", "\n"),
        ("%%writefile a.py\nx = 1", "\n"),
        ("%%!\nls", "\n"),
    ],
)
def test_cell_magics_keep_or_drop_the_body(text: str, expected: str) -> None:
    """A body that IPython would run as Python stays, any other goes."""
    assert expected == to_python(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n    x = 1\n    if x:\n        y = 2\nz = 3", "\nx = 1\nif x:\n    y = 2\nz = 3"),
        ("\t%%time\n\tx = 1", "\nx = 1"),
        (">>> def f(x):\n...     return x\n...\n>>> f(1)", "def f(x):\n    return x\n\nf(1)"),
        ("In [3]: for i in a:\n   ...:     b(i)", "for i in a:\n    b(i)"),
        ("x = 1\n>>> y = 2", "x = 1\n>>> y = 2"),
        ("    return x\n\ndef f(x):\n    return x", "    return x\n\ndef f(x):\n    return x"),
    ],
)
def test_pasted_code_loses_its_margin(text: str, expected: str) -> None:
    """As in IPython, an indent of the whole cell and the prompts of an interpreter are no code."""
    assert expected == to_python(text)


STATEMENTS = st.sampled_from(["x = 1", "y = f(x,\n  3)", "if x:\n    y = 2", 's = """a\n%b\n"""'])
MAGICS = st.sampled_from(["%matplotlib inline", "!pip install 'a b", "help?", "z = !ls", "?x"])


@given(st.lists(st.one_of(STATEMENTS, MAGICS)))
def test_cells_of_statements_and_magics_parse(lines: list[str]) -> None:
    """Whatever the order of sound statements and magics, the result is Python."""
    result = to_python("\n".join(lines))

    ast.parse(result)
    assert "\n".join(lines).count("\n") == result.count("\n")


@given(st.text(alphabet="%!?='\"\\\n ()[]#ab:.,", max_size=60))
@example("'\\")
def test_any_text_keeps_its_lines(text: str) -> None:
    """Nothing raises, and no line is lost or won."""
    assert text.count("\n") == to_python(text).count("\n")


def test_long_lines_take_linear_time() -> None:
    """Hostile lines of a megabyte, made to upset regular expressions, pass at once."""
    blank = " " * 1_000_000
    for line in (f"x?{blank}y", f"x{blank}y", f"{blank}", f"x[{blank}", f"a,{blank}b", "x" * 10**6):
        assert line == to_python(line)
