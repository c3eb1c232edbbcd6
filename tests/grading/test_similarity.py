"""``gradproof similarity``: which work is alike, as evidence, and what never makes a pair."""

from __future__ import annotations

import json
import textwrap

import numpy as np
import pytest
from click.testing import CliRunner

import cli
from benchmarks import disguises
from grader import language
from grader.course.catalogue import Course
from grader.grading.similarity import similarity
from grader.report.similarity_html import similarity_html
from grader.report.similarity_tables import similarity_payload
from grader.submission.files import File
from grader.submission.metadata import Metadata
from grader.submission.store import Store

from ..mini_course import write
from ..report.test_audit_page import Tags

CATALOGUE = """\
title = { en = "A course", zh = "一门课" }
seed = 7

[[assignment]]
name = "basics"
title = { en = "Basics", zh = "基础" }
framework = "numpy"

[[assignment.exercise]]
name = "softmax"
points = 1
title = { en = "Softmax", zh = "Softmax" }

[[assignment.exercise]]
name = "smooth"
points = 3
title = { en = "Smoothing", zh = "平滑" }
"""
SOURCE = '''\
# %%
import numpy as np

# %% [markdown] lang="en" exercise="softmax"
# Return the softmax.

# %% [markdown] lang="zh" exercise="softmax"
# 返回softmax。

# %% exercise="softmax"
def softmax(x):
    ### BEGIN SOLUTION
    e = np.exp(x - x.max())
    return e / e.sum()
    ### END SOLUTION

# %% [markdown] lang="en" exercise="smooth"
# Smooth the rows.

# %% [markdown] lang="zh" exercise="smooth"
# 平滑各行。

# %% exercise="smooth"
def smooth(x, width):
    """Smooth x."""
    rows = x.shape[0]
    ### BEGIN SOLUTION
    kernel = np.ones(width) / width
    return np.stack([np.convolve(x[i], kernel, mode="same") for i in range(rows)])
    ### END SOLUTION
'''
ONE_LINE = "def softmax(x):\n    return np.exp(x - x.max()) / np.exp(x - x.max()).sum()\n"
#: long enough to be copied, and like nobody else's
LONG = '''
def smooth(x, width):
    """Smooth the rows of x."""
    rows = x.shape[0]
    half = (width - 1) // 2
    padded = np.pad(x, ((0, 0), (half, width - 1 - half)), mode="constant")
    total = np.cumsum(np.concatenate([np.zeros((rows, 1)), padded], axis=1), axis=1)
    found = []
    for i in range(rows):
        window = total[i, width:] - total[i, :-width]
        scaled = window / float(width)
        found.append(np.where(np.isfinite(scaled), scaled, 0.0))
    largest = np.abs(np.stack(found)).max(axis=1, keepdims=True)
    weights = np.minimum(1.0, largest * 1e6)
    return np.stack(found) * weights  # nothing where there is nothing
'''
OTHERS = {
    "dan": """
def smooth(x, width):
    out = np.zeros_like(x)
    for row in range(len(x)):
        for col in range(x.shape[1]):
            low, high = max(0, col - (width - 1) // 2), min(x.shape[1], col + width // 2 + 1)
            out[row, col] = x[row, low:high].sum() / width
    return out
""",
    "eve": """
def smooth(x, width):
    padded = np.pad(x, [(0, 0), (width // 2, width // 2)])
    views = np.lib.stride_tricks.sliding_window_view(padded, width, axis=1)
    return views.mean(axis=-1)[:, : x.shape[1]]
""",
    "fay": """
def smooth(x, width):
    matrix = np.zeros((x.shape[1], x.shape[1]))
    for shift in range(-((width - 1) // 2), width // 2 + 1):
        matrix += np.eye(x.shape[1], k=shift) / width
    return x @ matrix
""",
}


@pytest.fixture(autouse=True)
def english():
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


@pytest.fixture
def course(tmp_path):
    """Return a course with an exercise of one line and a longer one."""
    files = {"assignments/course.toml": CATALOGUE, "solutions/basics/basics.py": SOURCE}
    for name in ("softmax", "smooth"):
        files[f"autograder_tests/basics/{name}/test_public.py"] = ""
    return Course.load(write(tmp_path / "course", files))


def hand_in(course, group=(), **works):
    """Store what learners hand in, as text."""
    store = Store(course.root / "submissions")
    for learner, text in works.items():
        text = text if isinstance(text, bytes) else f"import numpy as np\n{text}".encode()
        store.add(
            "basics", learner, [File("basics.py", text, 0.0)], "basics.py", Metadata(group=group)
        )


def found(course, **more):
    """Return what is alike in the course's only assignment."""
    return similarity(course, course.assignments[0], **more)


def pairs(course, **more):
    """Return the learners of each pair."""
    return [pair.learners for pair in found(course, **more).pairs]


@pytest.mark.parametrize("kind", [*disguises.KINDS, "all at once"])
def test_a_disguised_copy_is_found(course, kind):
    """Renamed, reordered, reformatted, translated, with comprehensions: a copy is a copy."""
    disguise = disguises.KINDS.get(kind, disguises.all_at_once)
    hand_in(course, ada=LONG, bob=disguise(LONG.strip(), 1), **OTHERS)

    (pair,) = found(course).pairs

    assert pair.learners == ("ada", "bob")
    assert [one.exercise for one in pair.exercises] == ["smooth"]
    assert pair.exercises[0].share > 0.9
    assert pair.exercises[0].strangers == 0


@pytest.mark.parametrize("kind", [*disguises.KINDS, "all at once", "parts given names"])
def test_a_disguise_changes_no_answer(kind):
    """What is planted as a copy still computes what the original does, in other words."""
    more = {
        "all at once": disguises.all_at_once,
        "parts given names": disguises.with_names_for_parts,
    }
    loops = OTHERS["dan"] + LONG.replace("smooth", "also")
    disguised = {**disguises.KINDS, **more}[kind](loops, 3)
    x = np.random.default_rng(1).normal(size=(3, 8))

    found = []
    for text in (loops, disguised):
        names = {"np": np}
        exec(text, names)
        found += [names["smooth"](x, 3), names["also"](x, 3)]

    assert disguised != loops
    np.testing.assert_allclose(found[:2], found[2:])


def test_a_one_line_function_never_makes_a_pair(course):
    """However many hand in the same line, and be it the strangest one, nobody is shown."""
    strange = (
        "def softmax(x):\n    return np.power(np.e, x - 3.25) / sum(np.e ** (x - 3.25).ravel())\n"
    )
    hand_in(course, ada=ONE_LINE, bob=ONE_LINE, cyd=strange, dora=strange, eve="x = 1\n")

    assert pairs(course) == []


def test_what_the_course_has_itself_counts_nothing(course):
    """Whoever hands in the reference or an accepted variant is no pair with anybody."""
    accepted = course.accepted_dir(course.assignments[0])
    write(accepted, {"sums.py": f"import numpy as np\n{LONG}"})
    reference = SOURCE.replace("### BEGIN SOLUTION", "").replace("### END SOLUTION", "")
    hand_in(course, ada=LONG, bob=disguises.renamed(LONG), cyd=reference, dora=reference, **OTHERS)

    assert pairs(course) == []


def test_what_many_wrote_counts_little(course):
    """A solution that half of the class has is known in the class, and makes no pair."""
    half = {f"learner{number}": LONG for number in range(10)}
    rest = {f"other{number}": OTHERS[list(OTHERS)[number % 3]] for number in range(10)}
    hand_in(course, **half, **rest)

    assert pairs(course) == []


def test_members_of_a_group_are_no_pair(course):
    """One work of several learners is one work, and is compared with the others once."""
    hand_in(course, group=("ada", "bob"), ada=LONG, bob=LONG)
    hand_in(course, **OTHERS)

    assert pairs(course) == []

    hand_in(course, cyd=disguises.renamed(LONG))

    assert pairs(course) == [("ada, bob", "cyd")]


def test_versions_of_one_learner_are_no_pair(course):
    """Only the version that counts is compared."""
    hand_in(course, ada=LONG, **OTHERS)
    hand_in(course, ada=LONG.replace("1e6", "1e7"))

    assert pairs(course) == []


def test_a_function_of_the_learners_own_is_part_of_the_exercise(course):
    """Whoever moves the copied lines into a helper has still copied them."""
    _head, body = LONG.strip().split("\n", 1)
    helped = (
        f"def helper(x, width):\n{body}\n\ndef smooth(x, width):\n    return helper(x, width)\n"
    )
    hand_in(course, ada=LONG, bob=helped, **OTHERS)

    assert pairs(course) == [("ada", "bob")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"\xff\xfe\x00 not Python (", id="no Python"),
        pytest.param(b"", id="empty"),
        pytest.param(b"def smooth(x, width):\n    return " + b"(" * 3000 + b"x", id="brackets"),
        pytest.param(
            b"def smooth(x, width):\n    return " + b"-" * 3000 + b"x\n", id="nested too deep"
        ),
        pytest.param(b"def smooth(x, width):\n" + b"    x = x + 1\n" * 9000, id="too long"),
        pytest.param(
            b"def smooth(x, width):\n    return [" + b"1, " * 99_000 + b"1]\n",
            id="a table of numbers",
        ),
    ],
)
def test_a_submission_that_cannot_be_read_stops_nobody(course, text):
    """The others are compared, and who was not is said."""
    hand_in(course, ada=LONG, bob=disguises.renamed(LONG), zed=text, **OTHERS)

    assert pairs(course) == [("ada", "bob")]


def test_who_was_not_compared_is_listed(course):
    """Work that is damaged or too long to be compared stands in the list, with the reason."""
    hand_in(course, ada=LONG, zed="def smooth(x, width):\n" + "    x = x + 1\n" * 9000)
    hand_in(course, dan=OTHERS["dan"])
    stored = next((course.root / "submissions/basics/dan").glob("*/files/basics.py"))
    stored.chmod(0o644)
    stored.write_text("changed")

    unread = dict(found(course).unread)

    assert unread.keys() == {"dan", "zed"}
    assert "too long" in unread["zed"]


def test_a_class_of_one_and_an_assignment_without_submissions_are_told(course):
    """One learner is like nobody; without submissions, the command says what to run."""
    done = run(course)
    assert done.exit_code == 2
    assert "gradproof collect basics" in done.stderr

    hand_in(course, ada=LONG)

    assert found(course).pairs == ()
    assert run(course).exit_code == 0


def run(course, *words):
    """Run the command in the course."""
    line = ["similarity", "basics", "--course", str(course.root), *words]
    return CliRunner().invoke(cli.main, ["--lang", "en", *line], catch_exceptions=False)


def test_page_json_and_terminal_say_the_same(course, tmp_path):
    """All three name the pair, mark its lines, and say that this is no verdict."""
    hand_in(course, ada=LONG, bob=disguises.all_at_once(LONG.strip(), 2), **OTHERS)
    page = tmp_path / "alike.html"

    printed = run(course, "--to", str(page)).stdout
    (pair,) = json.loads(run(course, "--json").stdout)["pairs"]
    text = page.read_text()

    assert "ada and bob" in printed
    assert "never a verdict" in textwrap.shorten(printed, 10_000).replace("\n", " ")
    assert pair["learners"] == ["ada", "bob"]
    assert all(len(lines) > 5 for lines in pair["exercises"][0]["lines"])
    assert "never a verdict" in text
    assert text.count('class="rare"') > 10
    assert "<script" not in text


def test_the_page_is_well_formed_and_shows_learners_text_as_text(course):
    """Tags in a learner's code or name are not tags of the page."""
    evil = LONG.replace("# nothing", "# </pre><script>alert(1)</script>")
    hand_in(course, ada=evil, bob=disguises.renamed(LONG), **OTHERS)
    language.use("zh")

    text = similarity_html(found(course))
    tags = Tags()
    tags.feed(text)

    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "绝不是结论" in text


def test_the_floor_can_be_moved(course):
    """A higher floor shows fewer pairs."""
    hand_in(course, ada=LONG, bob=disguises.renamed(LONG), **OTHERS)

    assert pairs(course) == [("ada", "bob")]
    assert pairs(course, floor=10_000.0) == []
    assert similarity_payload(found(course))["floor"] == 80
