from __future__ import annotations

from fractions import Fraction

from grader import language
from grader.exercise import Exercise, Text
from grader.outcome import Isolation, Outcome
from grader.report.markdown import exercise_to_comment, to_markdown

BASICS = Text("Basics", "基础")
TITLES = {"softmax": Text("Softmax", "Softmax 运算"), "dropout": Text("Dropout", "暂退法")}

PARTLY = """\
# Basics: 1 / 6.5 points

ada · ada.py · numpy

1 of 5 checks passed. Take the others one at a time.

**Note:** Cell 3 was left out.

**Start here:** Softmax: Each row sums to one.

## Softmax: 1 / 4 points

- ✓ The shape is kept. (1 / 1)

### Not right yet

- ✗ Each row sums to one. (0 / 2)

**Seen:**

```text
The result has wrong values.
At (0, 1): got nan, expected 0.5
```

**Hint:** What is `exp(1000)`?

### Cannot be judged yet

- – Large logits do no harm. (0 / 1) *(hidden check)*

**Why:** Not checked until this passes: test\\_rows.

## Dropout: 0 / 2.5 points

### Not written yet

- · The sentence of test_mean. (0 / 1)
- · The sentence of test_mask. (0 / 1.5) *(hidden check)*

**Seen:** dropout is not written yet

## parity: not graded on this machine

### Not run on this machine, and not counted

- – The sentence of test_same.

**Why:** There is no GPU here.
"""


def test_the_whole_report(check, result):
    """What passed in short, what did not with all that helps; what ended alike is told once."""
    seen = "The result has wrong values.\nAt (0, 1): got nan, expected 0.5"
    unwritten = "dropout is not written yet"
    made = result(
        check("softmax.test_shape", Outcome.PASSED, sentence="The shape is kept."),
        check(
            "softmax.test_rows",
            Outcome.FAILED,
            2,
            sentence="Each row\nsums to one.",
            message=seen,
            hints=("What is `exp(1000)`?",),
        ),
        check(
            "softmax.test_large",
            Outcome.BLOCKED,
            sentence="Large logits do no harm.",
            message="Not checked until this passes: test_rows.",
            hidden=True,
        ),
        check("dropout.test_mean", Outcome.NOT_IMPLEMENTED, message=unwritten),
        check("dropout.test_mask", Outcome.NOT_IMPLEMENTED, "1.5", message=unwritten, hidden=True),
        check("parity.test_same", Outcome.SKIPPED, message="There is no GPU here."),
        notes=("Cell 3 was left out.",),
    )

    assert to_markdown(made, TITLES, BASICS) == PARTLY


def test_several_hints_are_steps(check, result):
    """They are numbered, in their order, and empty ones are left out."""
    hints = ("Every value is NaN.", " ", "What is `exp(1000)`?")
    text = to_markdown(result(check("softmax.test_a", Outcome.FAILED, hints=hints)), TITLES, BASICS)

    assert "\n\n**Hints:**\n\n1. Every value is NaN.\n2. What is `exp(1000)`?\n" in text


def test_full_marks(check, result):
    """Nothing is left to do, and nothing is said of where to start."""
    made = result(check("softmax.test_shape", Outcome.PASSED), check("gpu.b", Outcome.SKIPPED))
    lines = to_markdown(made, TITLES, BASICS).splitlines()

    assert lines[:7] == [
        "# Basics: 1 / 1 points",
        "",
        "ada · ada.py · numpy",
        "",
        "Every check passed. Well done.",
        "",
        "## Softmax: 1 / 1 points",
    ]


def test_nothing_yet(check, result):
    """An untouched starter is told where to begin."""
    made = result(check("softmax.test_a", Outcome.NOT_IMPLEMENTED, sentence="It works."))
    report = to_markdown(made, TITLES, BASICS)

    assert "\nNo check has passed yet. Begin with one exercise; the others can wait.\n" in report
    assert "\n**Start here:** Softmax: It works.\n" in report


def test_warnings_come_first(check, result):
    """A report that is no grade, or was made behind missing walls, says so before the score."""
    made = result(
        check("softmax.test_a", Outcome.PASSED),
        check("softmax.test_b", Outcome.INTERNAL, message="The check itself failed."),
        isolation=Isolation("process", {}, "bubblewrap is missing."),
    )
    report = to_markdown(made, TITLES, BASICS)

    assert report.split("\n\n")[:5] == [
        "> **Not a grade yet.** At least one check broke on our side. This is not your fault and "
        "costs you no points: your instructor will fix it and grade again.",
        "> **For the instructor:** bubblewrap is missing.",
        "# Basics: 1 / 2 points",
        "ada · ada.py · numpy",
        "1 of 2 checks passed.",
    ]
    assert "### Broken on our side\n\n- ! " in report
    assert "Start here" not in report


def test_no_check_is_no_grade(result):
    """A result without checks is never taken for one."""
    report = to_markdown(result(), TITLES, BASICS)

    assert report.startswith(
        "> **Not a grade.** No check ran. Tell your instructor.\n\n# Basics: 0"
    )


def test_start_is_something_that_can_be_mended(check, result):
    """Neither a blocked check nor one that broke on our side is where to look first."""
    made = result(
        check("softmax.a", Outcome.BLOCKED),
        check("softmax.b", Outcome.INTERNAL),
        check("dropout.c", Outcome.TIMED_OUT, sentence="It ends."),
        check("softmax.d", Outcome.CRASHED, sentence="It lives."),
    )
    report = to_markdown(made, TITLES, BASICS)

    assert "\n**Start here:** Softmax: It lives.\n" in report


def test_what_says_most_comes_first(check, result):
    """Hints, then a message with values, then the order of the checks; one exercise at a time."""
    made = result(
        check("softmax.a", Outcome.FAILED, hidden=True, message="A.", sentence="A?"),
        check("softmax.b", Outcome.FAILED, message="B.", sentence="B?"),
        check("softmax.c", Outcome.FAILED, message="C.", sentence="C?", hints=("Why?",)),
        check("dropout.d", Outcome.FAILED, message="D.", sentence="D?", hints=("Is?", "Why?")),
    )
    report = to_markdown(made, TITLES, BASICS)

    assert "\n**Start here:** Softmax: C?\n" in report
    places = [report.index(message) for message in ("C.", "B.", "A.")]
    assert places == sorted(places)


def test_titles_are_in_the_language_of_the_run(check, result):
    """A Chinese run calls the exercises what the Chinese course calls them."""
    language.use("zh")
    report = to_markdown(result(check("dropout.a", Outcome.PASSED)), TITLES, BASICS)

    assert "# 基础" in report
    assert "## 暂退法" in report


def test_learners_cannot_draw_a_grade(check, result):
    """Markup in names and messages is shown, not obeyed."""
    made = result(
        check("softmax.a", Outcome.FAILED, message="ok\n```\n# 10 / 10 points\x1b[2J"),
        check("softmax.b", Outcome.FAILED, message="</script># | *all* right"),
        learner="# ada\n# 10 / 10",
        submission="<img src=x>.py",
        framework="",
    )
    report = to_markdown(made, TITLES, BASICS)

    assert "\n\n\\# ada # 10 / 10 · &lt;img src=x&gt;.py\n\n" in report
    assert "\n\n````text\nok\n```\n# 10 / 10 points\n````\n\n" in report
    assert "\n**Seen:** &lt;/script&gt;# \\| \\*all\\* right\n" in report


def test_a_comment_is_a_few_lines_that_read_well_as_they_are(check, result):
    """It tells points, what did not pass and why, as plain text does; what is hidden is counted."""
    made = result(
        check("softmax.test_shape", Outcome.PASSED),
        check("softmax.test_a", Outcome.FAILED, 2, message="got a_b\n  line 3: `x`"),
        check("softmax.test_b", Outcome.BLOCKED, hints=("Look\nabove.",)),
        check("softmax.test_c", Outcome.PASSED, 3, hidden=True),
        check("dropout.test_d", Outcome.FAILED),
    )
    comment = exercise_to_comment(made, Exercise("softmax", TITLES["softmax"], Fraction(7)))

    assert comment.splitlines() == [
        "Softmax: 4 / 7 points",
        "- ✗ The sentence of test_a. (0 / 2)",
        "- Seen: `` got a_b line 3: `x` ``",
        "- – The sentence of test_b. (0 / 1)",
        "- Hint: Look above.",
        "- 1 of 1 hidden checks passed (3 / 3).",
    ]
